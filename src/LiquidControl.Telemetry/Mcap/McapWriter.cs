using LiquidControl.Numerics;

namespace LiquidControl.Telemetry.Mcap;

/// <summary>
/// Writes an MCAP file (https://mcap.dev/spec) of one channel: metadata first, so that a file that is cut off is still understood, then
/// messages in chunks that are on the disk as soon as they are full, at the end an index.
/// </summary>
public sealed class McapWriter : IDisposable
{
    /// <summary>Of the one schema and the one channel; 0 is no schema's.</summary>
    private const ushort Id = 1;

    /// <summary>A chunk is full when its messages span this time, ns: what a loss of power costs.</summary>
    private const ulong ChunkNs = 1_000_000_000;

    /// <summary>Or when they take this much memory, for messages whose clock stands still.</summary>
    private const int ChunkBytes = 4 << 20;

    private readonly Stream _stream;
    private readonly McapChannel _channel;
    private readonly McapBuffer _record = new();
    private readonly McapBuffer _chunk = new();
    private readonly McapBuffer _index = new();
    private readonly McapBuffer _chunkIndexes = new();
    private readonly McapBuffer _metadataIndexes = new();
    private long _position;
    private uint _dataCrc;
    private uint _chunks;
    private uint _metadata;
    private ulong _first = ulong.MaxValue;
    private ulong _last;
    private ulong _chunkFirst = ulong.MaxValue;
    private ulong _chunkLast;
    private bool _isBroken;
    private bool _isDisposed;

    /// <param name="stream">Empty, to write to; closed with this.</param>
    /// <param name="profile">What the file's contents keep to.</param>
    /// <param name="library">The program that writes it.</param>
    /// <param name="metadata">A name, and keys with their values.</param>
    /// <param name="channel">Of all messages.</param>
    public McapWriter(Stream stream, string profile, string library, (string Name, IReadOnlyDictionary<string, string> Entries) metadata, McapChannel channel)
    {
        _stream = stream;
        _channel = channel;
        Write(McapFormat.Magic);
        int begin = _record.Begin(McapOpcode.Header);
        _record.Add(profile);
        _record.Add(library);
        _record.End(begin);
        WriteRecord();
        WriteMetadata(metadata.Name, metadata.Entries);
        AddChannel(_record);
        WriteRecord();
        FlushToDisk();
    }

    public long Messages { get; private set; }

    /// <summary>Bytes written to the file so far.</summary>
    public long Bytes => _position;

    /// <param name="sequence">The message's number; a gap is what was lost.</param>
    /// <param name="time">When it was, ns.</param>
    /// <param name="data">The message.</param>
    public void Add(uint sequence, ulong time, ReadOnlySpan<byte> data)
    {
        if (_chunk.Length > 0 && (_chunk.Length >= ChunkBytes || time - Math.Min(time, _chunkFirst) >= ChunkNs))
            Flush();
        _index.Add(time);
        _index.Add((ulong)_chunk.Length);
        int begin = _chunk.Begin(McapOpcode.Message);
        _chunk.Add(Id);
        _chunk.Add(sequence);
        _chunk.Add(time);
        _chunk.Add(time);
        _chunk.Add(data);
        _chunk.End(begin);
        (_chunkFirst, _chunkLast) = (Math.Min(_chunkFirst, time), Math.Max(_chunkLast, time));
        Messages++;
    }

    /// <summary>Ends the file with its index; one that could not be written stays as it is, readable up to its last whole chunk.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            if (!_isBroken)
                Finish();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    /// <summary>Writes the chunk and its index, and sees them onto the disk.</summary>
    private void Flush()
    {
        long chunkAt = _position;
        int begin = _record.Begin(McapOpcode.Chunk);
        _record.Add(_chunkFirst);
        _record.Add(_chunkLast);
        _record.Add((ulong)_chunk.Length);
        _record.Add(Crc32.Of(_chunk.Bytes));
        _record.Add("");
        _record.Add((ulong)_chunk.Length);
        _record.End(begin, _chunk.Length);
        WriteRecord();
        Write(_chunk.Bytes);
        long indexAt = _position;
        begin = _record.Begin(McapOpcode.MessageIndex);
        _record.Add(Id);
        _record.Add((uint)_index.Length);
        _record.Add(_index.Bytes);
        _record.End(begin);
        WriteRecord();
        FlushToDisk();
        NoteChunk(chunkAt, indexAt);
        (_first, _last) = (Math.Min(_first, _chunkFirst), Math.Max(_last, _chunkLast));
        (_chunkFirst, _chunkLast) = (ulong.MaxValue, 0);
        _chunk.Clear();
        _index.Clear();
        _chunks++;
    }

    private void NoteChunk(long chunkAt, long indexAt)
    {
        int begin = _chunkIndexes.Begin(McapOpcode.ChunkIndex);
        _chunkIndexes.Add(_chunkFirst);
        _chunkIndexes.Add(_chunkLast);
        _chunkIndexes.Add((ulong)chunkAt);
        _chunkIndexes.Add((ulong)(indexAt - chunkAt));
        AddMap(_chunkIndexes, indexAt);
        _chunkIndexes.Add((ulong)(_position - indexAt));
        _chunkIndexes.Add("");
        _chunkIndexes.Add((ulong)_chunk.Length);
        _chunkIndexes.Add((ulong)_chunk.Length);
        _chunkIndexes.End(begin);
    }

    private void Finish()
    {
        if (_chunk.Length > 0)
            Flush();
        int begin = _record.Begin(McapOpcode.DataEnd);
        _record.Add(_dataCrc);
        _record.End(begin);
        WriteRecord();
        WriteSummary();
        Write(McapFormat.Magic);
        FlushToDisk();
    }

    /// <summary>Records grouped by kind, where each group stands, and the footer that says where they begin.</summary>
    private void WriteSummary()
    {
        long summaryAt = _position;
        List<(McapOpcode Opcode, int Begin, int End)> groups = [];
        AddSchema(_record);
        groups.Add((McapOpcode.Schema, 0, _record.Length));
        Group(McapOpcode.Channel, AddChannelOnly);
        Group(McapOpcode.Statistics, AddStatistics);
        Group(McapOpcode.ChunkIndex, record => record.Add(_chunkIndexes.Bytes));
        Group(McapOpcode.MetadataIndex, record => record.Add(_metadataIndexes.Bytes));
        long offsetsAt = summaryAt + _record.Length;
        foreach (var group in groups.Where(group => group.End > group.Begin))
        {
            int begin = _record.Begin(McapOpcode.SummaryOffset);
            _record.Add((byte)group.Opcode);
            _record.Add((ulong)(summaryAt + group.Begin));
            _record.Add((ulong)(group.End - group.Begin));
            _record.End(begin);
        }

        int footer = _record.Begin(McapOpcode.Footer);
        _record.Add((ulong)summaryAt);
        _record.Add((ulong)offsetsAt);
        _record.End(footer, sizeof(uint));
        _record.Add(Crc32.Of(_record.Bytes));
        WriteRecord();

        void Group(McapOpcode opcode, Action<McapBuffer> add)
        {
            int before = _record.Length;
            add(_record);
            groups.Add((opcode, before, _record.Length));
        }
    }

    private void AddStatistics(McapBuffer record)
    {
        int begin = record.Begin(McapOpcode.Statistics);
        record.Add((ulong)Messages);
        record.Add((ushort)1);
        record.Add(1U);
        record.Add(0U);
        record.Add(_metadata);
        record.Add(_chunks);
        record.Add(Messages == 0 ? 0 : _first);
        record.Add(_last);
        AddMap(record, Messages);
        record.End(begin);
    }

    /// <summary>A number of the one channel.</summary>
    private static void AddMap(McapBuffer record, long value)
    {
        record.Add((uint)(sizeof(ushort) + sizeof(ulong)));
        record.Add(Id);
        record.Add((ulong)value);
    }

    private void AddChannel(McapBuffer record)
    {
        AddSchema(record);
        AddChannelOnly(record);
    }

    private void AddSchema(McapBuffer record)
    {
        int begin = record.Begin(McapOpcode.Schema);
        record.Add(Id);
        record.Add(_channel.Schema.Name);
        record.Add(_channel.Schema.Encoding);
        record.Add((uint)_channel.Schema.Data.Length);
        record.Add(_channel.Schema.Data);
        record.End(begin);
    }

    private void AddChannelOnly(McapBuffer record)
    {
        int begin = record.Begin(McapOpcode.Channel);
        record.Add(Id);
        record.Add(Id);
        record.Add(_channel.Topic);
        record.Add(_channel.MessageEncoding);
        record.Add(_channel.Metadata);
        record.End(begin);
    }

    private void WriteMetadata(string name, IReadOnlyDictionary<string, string> entries)
    {
        long at = _position;
        int begin = _record.Begin(McapOpcode.Metadata);
        _record.Add(name);
        _record.Add(entries);
        _record.End(begin);
        int length = _record.Length;
        WriteRecord();
        begin = _metadataIndexes.Begin(McapOpcode.MetadataIndex);
        _metadataIndexes.Add((ulong)at);
        _metadataIndexes.Add((ulong)length);
        _metadataIndexes.Add(name);
        _metadataIndexes.End(begin);
        _metadata++;
    }

    private void WriteRecord()
    {
        Write(_record.Bytes);
        _record.Clear();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _isBroken = true;
        _stream.Write(bytes);
        _isBroken = false;
        _dataCrc = Crc32.Append(_dataCrc, bytes);
        _position += bytes.Length;
    }

    private void FlushToDisk()
    {
        _isBroken = true;
        if (_stream is FileStream file)
            file.Flush(flushToDisk: true);
        else
            _stream.Flush();
        _isBroken = false;
    }
}
