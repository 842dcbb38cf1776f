using System.Buffers.Binary;
using LiquidControl.Numerics;

namespace LiquidControl.Telemetry.Mcap;

/// <summary>
/// Reads an MCAP file (https://mcap.dev/spec) from its beginning, without its index, and trusts nothing in it: no length is believed before
/// it was held against the file's. A file that was cut off gives what it holds up to its last whole chunk and says where and why it ended;
/// one that is damaged otherwise is refused with the offset.
/// </summary>
public sealed class McapReader : IDisposable
{
    internal const string Damaged = "The file is damaged: take another copy, or what is whole of it: mcap recover FILE -o OTHER (https://mcap.dev/guides/cli).";

    /// <summary>A record that holds no messages is no larger.</summary>
    private const long LargestRecord = 16 << 20;

    /// <summary>A chunk is no larger, for it is held in memory whole.</summary>
    private const long LargestChunk = 256 << 20;

    private readonly string _file;
    private readonly Stream _stream;
    private readonly long _length;
    private readonly bool _wasClosed;
    private readonly Dictionary<ushort, McapSchema> _schemas = [];
    private readonly Dictionary<ushort, McapChannel> _channels = [];
    private readonly Dictionary<string, McapMetadata> _metadata = [];
    private byte[] _buffer = [];
    private int _chunkAt;
    private int _chunkEnd;
    private long _chunkOffset;
    private int _dataAt;
    private int _dataEnd;
    private long _position;
    private bool _hasHeader;

    private McapReader(string file, Stream stream)
    {
        _file = file;
        _stream = stream;
        _length = stream.Length;
        _wasClosed = _length >= 2 * McapFormat.Magic.Length && Matches(_length - McapFormat.Magic.Length);
    }

    /// <summary>What the file's contents keep to.</summary>
    public string Profile { get; private set; } = "";

    /// <summary>The program that wrote it.</summary>
    public string Library { get; private set; } = "";

    /// <summary>By name, of what was read so far.</summary>
    public IReadOnlyDictionary<string, McapMetadata> Metadata => _metadata;

    /// <summary>By number, of what was read so far.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _channels;

    /// <summary>Of the message read last: its channel, its number, when it was (ns), and where its data begin in the file.</summary>
    public ushort ChannelId { get; private set; }

    public uint Sequence { get; private set; }

    public ulong Time { get; private set; }

    public long Offset { get; private set; }

    /// <summary>Until the next is read.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(_dataAt, _dataEnd - _dataAt);

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Part => (double)_position / Math.Max(1, _length);

    /// <summary>How the file ended; null until it has.</summary>
    public McapEnd? End { get; private set; }

    /// <param name="file">Its name, for messages.</param>
    /// <param name="stream">That can be sought in; closed with the reader.</param>
    /// <exception cref="RecordingFormatException">It does not begin as an MCAP file.</exception>
    public static McapReader Open(string file, Stream stream)
    {
        McapReader reader = new(file, stream);
        reader.ReadMagic();
        return reader;
    }

    /// <summary>The next message; false at the end.</summary>
    /// <exception cref="RecordingFormatException">The file is damaged.</exception>
    public bool Read()
    {
        while (End is null)
        {
            if (_chunkAt < _chunkEnd)
            {
                if (ReadInChunk())
                    return true;
            }
            else if (ReadRecord())
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _stream.Dispose();

    private void ReadMagic()
    {
        Span<byte> found = stackalloc byte[McapFormat.Magic.Length];
        found = found[..(int)Math.Min(found.Length, _length)];
        Fill(0, found);
        if (!McapFormat.Magic.StartsWith(found))
        {
            throw Wrong(
                0, $"the bytes {Convert.ToHexString(found)}", $"those of an MCAP file, {Convert.ToHexString(McapFormat.Magic)}",
                "Give a recording that `liquidcontrol hil record` made.");
        }

        _position = found.Length;
        if (found.Length < McapFormat.Magic.Length)
            Cut("the file ends within its first bytes");
    }

    /// <summary>A record of the file itself. True when it is a message.</summary>
    private bool ReadRecord()
    {
        long at = _position, left = _length - at;
        Span<byte> prefix = stackalloc byte[McapFormat.PrefixBytes];
        if (left < prefix.Length)
        {
            if (_wasClosed)
                throw Wrong(at, $"{left} bytes to the end", "a footer", Damaged);
            Cut(left == 0 ? "the file ends without a footer" : "the file ends within the length of a record");
            return false;
        }

        Fill(at, prefix);
        var opcode = (McapOpcode)prefix[0];
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix[1..]);
        if (opcode == 0 && !_wasClosed && RestIsZero(at))
        {
            Cut("only zeros follow, as a disk leaves them that lost power");
            return false;
        }

        if (opcode == 0)
            throw Wrong(at, "a record of kind 0", "1 to 255", Damaged);
        if (!_hasHeader && opcode != McapOpcode.Header)
            throw Wrong(at, $"a record of kind {prefix[0]}", "the header, 1, before all others", Damaged);
        if (length > (ulong)(left - prefix.Length))
        {
            string found = $"a record of kind {prefix[0]} of {length} bytes, of which there are {left - prefix.Length}";
            if (_wasClosed)
                throw Wrong(at + 1, found, "a length within the file", Damaged);
            Cut(found);
            return false;
        }

        _position = at + prefix.Length + (long)length;
        try
        {
            return Take(opcode, at, at + prefix.Length, (long)length);
        }
        catch (RecordingFormatException error) when (!_wasClosed && RestIsZero(_position))
        {
            _position = at;
            Cut($"the end of the last record did not reach the disk ({error.Message})");
            return false;
        }
    }

    private bool Take(McapOpcode opcode, long at, long content, long length)
    {
        switch (opcode)
        {
            case McapOpcode.Chunk:
                TakeChunk(at, content, length);
                return false;
            case McapOpcode.Footer:
                TakeFooter(at, length);
                return false;
            case McapOpcode.Header or McapOpcode.Schema or McapOpcode.Channel or McapOpcode.Metadata or McapOpcode.Message:
                Load(at, content, length, LargestRecord);
                return TakeSmall(opcode, at, content, 0, (int)length);
            default:
                // The index and what later versions add: nothing here that the records do not tell.
                return false;
        }
    }

    /// <summary>A record in memory. True when it is a message.</summary>
    private bool TakeSmall(McapOpcode opcode, long at, long content, int begin, int length)
    {
        McapCursor cursor = new(_file, content, _buffer.AsSpan(begin, length));
        switch (opcode)
        {
            case McapOpcode.Header:
                if (_hasHeader)
                    throw Wrong(at, "a second header", "one", Damaged);
                _hasHeader = true;
                Profile = cursor.Text("the profile");
                Library = cursor.Text("the library");
                return false;
            case McapOpcode.Schema:
                TakeSchema(ref cursor);
                return false;
            case McapOpcode.Channel:
                TakeChannel(ref cursor);
                return false;
            case McapOpcode.Metadata:
                string name = cursor.Text("the metadata's name");
                _metadata[name] = new(cursor.Offset, cursor.Map("the metadata"));
                return false;
            case McapOpcode.Message:
                ChannelId = cursor.U16("the channel");
                if (!_channels.ContainsKey(ChannelId))
                    throw Wrong(content, $"a message of channel {ChannelId}", "one of a channel before it", Damaged);
                Sequence = cursor.U32("the number");
                Time = cursor.U64("the log time");
                cursor.U64("the publish time");
                Offset = cursor.Offset;
                _dataAt = begin + (int)(Offset - content);
                _dataEnd = begin + length;
                return true;
            default:
                return false;
        }
    }

    private void TakeSchema(ref McapCursor cursor)
    {
        long at = cursor.Offset;
        ushort id = cursor.U16("the schema's number");
        if (id == 0)
            throw Wrong(at, "a schema of number 0", "1 or more: 0 is no schema's", Damaged);
        string name = cursor.Text("the schema's name"), encoding = cursor.Text("the schema's encoding");
        byte[] data = cursor.Bytes("the schema").ToArray();
        McapSchema schema = new(name, encoding, data, cursor.Offset - data.Length);
        if (!_schemas.TryAdd(id, schema) && !_schemas[id].IsSame(schema))
            throw Wrong(at, $"schema {id} a second time, as another one", "one schema of a number", Damaged);
    }

    private void TakeChannel(ref McapCursor cursor)
    {
        ushort id = cursor.U16("the channel's number");
        long at = cursor.Offset;
        ushort schema = cursor.U16("the channel's schema");
        string topic = cursor.Text("the topic"), encoding = cursor.Text("the message encoding");
        if (!_schemas.TryGetValue(schema, out var found) && schema != 0)
            throw Wrong(at, $"schema {schema} of channel '{topic}'", "one before it", Damaged);
        var metadata = cursor.Map("the channel's metadata").ToDictionary(entry => entry.Key, entry => entry.Value.Value);
        McapChannel channel = new(topic, encoding, found ?? new("", "", [], at), metadata);
        if (!_channels.TryAdd(id, channel) && !(_channels[id].Topic == topic && _channels[id].Schema.IsSame(channel.Schema)))
            throw Wrong(at - sizeof(ushort), $"channel {id} a second time, as another one", "one channel of a number", Damaged);
    }

    private void TakeChunk(long at, long content, long length)
    {
        Load(at, content, length, LargestChunk);
        McapCursor cursor = new(_file, content, _buffer.AsSpan(0, (int)length));
        cursor.U64("the chunk's first time");
        cursor.U64("the chunk's last time");
        ulong size = cursor.U64("the chunk's size");
        long crcAt = cursor.Offset;
        uint crc = cursor.U32("the chunk's checksum");
        long compressionAt = cursor.Offset;
        string compression = cursor.Text("the chunk's compression");
        if (compression.Length > 0)
        {
            throw Wrong(
                compressionAt, $"a chunk compressed with '{compression}'", "one that is not compressed",
                "Decompress it: mcap decompress FILE -o OTHER (https://mcap.dev/guides/cli).");
        }

        long sizeAt = cursor.Offset;
        ulong records = cursor.U64("the length of the chunk's records");
        _chunkOffset = cursor.Offset;
        if (records != (ulong)(content + length - _chunkOffset) || size != records)
            throw Wrong(sizeAt, $"{records} bytes of records in a chunk of size {size}", $"{content + length - _chunkOffset}", Damaged);
        int begin = (int)(_chunkOffset - content);
        uint sum = crc == 0 ? 0 : Crc32.Of(_buffer.AsSpan(begin, (int)records));
        if (sum != crc)
            throw Wrong(crcAt, $"a chunk with the checksum {sum:x8}", $"{crc:x8}, as written", Damaged);
        (_chunkAt, _chunkEnd) = (begin, begin + (int)records);
        _chunkOffset -= begin;
    }

    /// <summary>A record of the chunk in memory. True when it is a message.</summary>
    private bool ReadInChunk()
    {
        int left = _chunkEnd - _chunkAt;
        long at = _chunkOffset + _chunkAt;
        if (left < McapFormat.PrefixBytes)
            throw Wrong(at, $"{left} bytes to the chunk's end", "a record", Damaged);
        byte opcode = _buffer[_chunkAt];
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(_chunkAt + 1));
        if (length > (ulong)(left - McapFormat.PrefixBytes))
            throw Wrong(at + 1, $"a record of {length} bytes with {left - McapFormat.PrefixBytes} to the chunk's end", "a length within the chunk", Damaged);
        if (opcode is 0 or (byte)McapOpcode.Header or (byte)McapOpcode.Footer or (byte)McapOpcode.Chunk)
            throw Wrong(at, $"a record of kind {opcode} in a chunk", "a schema, a channel or a message", Damaged);
        int begin = _chunkAt + McapFormat.PrefixBytes;
        _chunkAt = begin + (int)length;
        return TakeSmall((McapOpcode)opcode, at, at + McapFormat.PrefixBytes, begin, (int)length);
    }

    private void TakeFooter(long at, long length)
    {
        if (length != McapFormat.FooterBytes)
            throw Wrong(at + 1, $"a footer of {length} bytes", $"{McapFormat.FooterBytes}", Damaged);
        long left = _length - _position;
        if (_wasClosed && left != McapFormat.Magic.Length)
            throw Wrong(_position, $"{left} bytes after the footer", $"{McapFormat.Magic.Length}, which end an MCAP file", Damaged);
        if (_wasClosed)
        {
            End = new(IsWhole: true, _length, "");
            return;
        }

        _position = at;
        Cut("the file ends within its last bytes");
    }

    /// <summary>A record's content, held against a bound before memory is taken for it.</summary>
    private void Load(long at, long content, long length, long largest)
    {
        if (length > largest)
            throw Wrong(at + 1, $"a record of {length} bytes", $"at most {largest}", "Write the file anew in smaller chunks: mcap recover FILE -o OTHER (https://mcap.dev/guides/cli).");
        if (length > _buffer.Length)
            _buffer = new byte[Math.Min(largest, Math.Max(length, 2L * _buffer.Length))];
        Fill(content, _buffer.AsSpan(0, (int)length));
    }

    private void Fill(long offset, Span<byte> bytes)
    {
        _stream.Position = offset;
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw Wrong(_stream.Length, "the end of the file", $"it at {_length}, as when it was opened", "Let nothing shorten the file while it is read.");
    }

    private bool Matches(long offset)
    {
        Span<byte> bytes = stackalloc byte[McapFormat.Magic.Length];
        Fill(offset, bytes);
        return bytes.SequenceEqual(McapFormat.Magic);
    }

    /// <summary>As far as a file grows ahead of what is written.</summary>
    private bool RestIsZero(long from)
    {
        byte[] block = new byte[1 << 16];
        long end = Math.Min(_length, from + LargestRecord);
        while (from < end)
        {
            var bytes = block.AsSpan(0, (int)Math.Min(block.Length, end - from));
            Fill(from, bytes);
            if (bytes.ContainsAnyExcept((byte)0))
                return false;
            from += bytes.Length;
        }

        return true;
    }

    private void Cut(string reason) => End = new(IsWhole: false, _position, reason);

    private RecordingFormatException Wrong(long offset, string found, string expected, string remedy) => new(_file, offset, found, expected, remedy);
}
