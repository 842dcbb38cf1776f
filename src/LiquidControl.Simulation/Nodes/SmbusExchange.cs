using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// An SMBus transaction as the bytes an I2C adapter puts on the wire for it (i2c_smbus_xfer_emulated of the kernel). Reads whose length the
/// chip says are left out: the emulated chips have none.
/// </summary>
internal readonly struct SmbusExchange(int address, SmbusTransaction transaction)
{
    /// <summary>Of union i2c_smbus_data: a length and 32 bytes, and one for a checksum.</summary>
    public const int DataLength = 34;

    private const int MaxBlock = 32;

    private readonly SmbusSize _size = (SmbusSize)transaction.Size;
    private readonly bool _isRead = transaction.IsRead != 0;
    private readonly byte _command = transaction.Command;

    public int Address => address;

    public bool IsSupported => _size switch
    {
        SmbusSize.BlockProcessCall => false,
        SmbusSize.BlockData => !_isRead,
        _ => _size <= SmbusSize.I2cBlockData,
    };

    /// <summary>Whether the caller's data is looked at before the transfer.</summary>
    public bool TakesData => IsBlock || _size == SmbusSize.ProcessCall || (!_isRead && _size is SmbusSize.ByteData or SmbusSize.WordData);

    private bool IsBlock => _size is SmbusSize.BlockData or SmbusSize.I2cBlockData or SmbusSize.I2cBlockBroken;

    /// <summary>Bytes to write and how many to read; false when a block's length is wrong.</summary>
    public bool Prepare(ReadOnlySpan<byte> data, Span<byte> written, out int writtenLength, out int heardLength)
    {
        written[0] = _command;
        (writtenLength, heardLength) = _size switch
        {
            SmbusSize.Quick => (0, 0),
            SmbusSize.Byte => _isRead ? (0, 1) : (1, 0),
            SmbusSize.ByteData => _isRead ? (1, 1) : (2, 0),
            SmbusSize.WordData => _isRead ? (1, 2) : (3, 0),
            SmbusSize.ProcessCall => (3, 2),
            SmbusSize.BlockData => (2 + data[0], 0),
            SmbusSize.I2cBlockBroken when _isRead => (1, MaxBlock),
            _ => _isRead ? (1, data[0]) : (1 + data[0], 0),
        };
        if (IsBlock && data[0] is 0 or > MaxBlock)
        {
            return false;
        }

        // A block of SMBus puts its length on the wire, one of I2C does not.
        int skipped = _size is SmbusSize.I2cBlockData or SmbusSize.I2cBlockBroken ? 1 : 0;
        if (writtenLength > 1)
        {
            data.Slice(skipped, writtenLength - 1).CopyTo(written[1..]);
        }

        return true;
    }

    /// <summary>Puts what was heard where the caller looks for it; how many bytes of <paramref name="data"/> it is.</summary>
    public int Answer(ReadOnlySpan<byte> heard, Span<byte> data)
    {
        if (heard.IsEmpty)
        {
            return 0;
        }

        int length = IsBlock ? 1 : 0;
        data[0] = (byte)heard.Length;
        heard.CopyTo(data[length..]);
        return length + heard.Length;
    }
}
