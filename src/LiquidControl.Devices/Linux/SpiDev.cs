using System.Runtime.InteropServices;

namespace LiquidControl.Devices.Linux;

/// <summary>The kernel's interface of /dev/spidevB.C (linux/spi/spidev.h).</summary>
internal static unsafe class SpiDev
{
    /// <summary>Bytes in one call at most, unless the module was loaded with another bufsiz.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Mode bits: clock phase and polarity, and which bit of a byte comes first.</summary>
    public const uint PhaseAndPolarity = 0x3;

    public const uint LsbFirst = 0x8;

    private const uint Type = 'k';

    public static readonly uint ReadMode = IoctlNumber.Read(Type, 1, 1);
    public static readonly uint WriteMode = IoctlNumber.Write(Type, 1, 1);
    public static readonly uint ReadLsbFirst = IoctlNumber.Read(Type, 2, 1);
    public static readonly uint WriteLsbFirst = IoctlNumber.Write(Type, 2, 1);
    public static readonly uint ReadBitsPerWord = IoctlNumber.Read(Type, 3, 1);
    public static readonly uint WriteBitsPerWord = IoctlNumber.Write(Type, 3, 1);
    public static readonly uint ReadMaxSpeed = IoctlNumber.Read(Type, 4, 4);
    public static readonly uint WriteMaxSpeed = IoctlNumber.Write(Type, 4, 4);
    public static readonly uint ReadMode32 = IoctlNumber.Read(Type, 5, 4);
    public static readonly uint WriteMode32 = IoctlNumber.Write(Type, 5, 4);

    /// <summary>SPI_IOC_MESSAGE(count): that many transfers in one call.</summary>
    public static uint Message(int count) => IoctlNumber.Write(Type, 0, count * sizeof(SpiTransfer));

    /// <summary>The transfers of an SPI_IOC_MESSAGE; 0 for any other request.</summary>
    public static int TransfersOf(uint request)
    {
        int size = IoctlNumber.SizeOf(request);
        return request == IoctlNumber.Write(Type, 0, size) && size % sizeof(SpiTransfer) == 0 ? size / sizeof(SpiTransfer) : 0;
    }
}

/// <summary>struct spi_ioc_transfer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpiTransfer
{
    /// <summary>Addresses in the caller; 0 for none.</summary>
    public ulong Write;
    public ulong Read;
    public uint Length;

    /// <summary>Hz; 0 for the node's own.</summary>
    public uint Speed;
    public ushort DelayUs;
    public byte BitsPerWord;

    /// <summary>Not 0: the chip select is released before the next transfer.</summary>
    public byte ChipSelectChange;
    public byte WriteLines;
    public byte ReadLines;
    public byte WordDelayUs;
    public byte Padding;
}
