using System.Runtime.InteropServices;

namespace LiquidControl.Devices.Linux;

/// <summary>The kernel's interface of /dev/i2c-N (linux/i2c-dev.h, linux/i2c.h).</summary>
internal static class I2cDev
{
    public const uint Retries = 0x0701;

    /// <summary>In units of 10 ms.</summary>
    public const uint Timeout = 0x0702;

    public const uint Slave = 0x0703;

    public const uint SlaveForce = 0x0706;

    public const uint TenBit = 0x0704;

    public const uint Functions = 0x0705;

    public const uint Transfer = 0x0707;

    public const uint Pec = 0x0708;

    public const uint Smbus = 0x0720;

    /// <summary>Messages in one transaction, and bytes in one message, at most.</summary>
    public const int MaxMessages = 42;

    public const int MaxMessageLength = 8192;

    /// <summary>Message flag: the chip sends.</summary>
    public const ushort ReadFlag = 0x0001;

    /// <summary>The adapter does plain I2C transactions.</summary>
    public const uint PlainI2c = 0x0000_0001;

    /// <summary>Quick, byte, byte data, word data and process call in both directions; block write; I2C block in both directions.</summary>
    public const uint SmbusFunctions = 0x0001_0000 | 0x001E_0000 | 0x00E0_0000 | 0x0200_0000 | 0x0C00_0000;
}

/// <summary>struct i2c_msg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct I2cMessage
{
    public ushort Address;
    public ushort Flags;
    public ushort Length;
    public byte* Buffer;
}

/// <summary>struct i2c_rdwr_ioctl_data.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct I2cTransaction
{
    public I2cMessage* Messages;
    public uint Count;
}

/// <summary>struct i2c_smbus_ioctl_data.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SmbusTransaction
{
    /// <summary>1 when the chip sends.</summary>
    public byte IsRead;
    public byte Command;
    public uint Size;

    /// <summary>union i2c_smbus_data, 34 bytes: a byte, a word, or a block with its length first.</summary>
    public byte* Data;
}

/// <summary>What <see cref="SmbusTransaction.Size"/> may say.</summary>
internal enum SmbusSize : uint
{
    Quick = 0,
    Byte = 1,
    ByteData = 2,
    WordData = 3,
    ProcessCall = 4,
    BlockData = 5,
    I2cBlockBroken = 6,
    BlockProcessCall = 7,
    I2cBlockData = 8,
}
