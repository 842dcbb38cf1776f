using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;

namespace LiquidControl.Telemetry;

/// <summary>Reads a recording, whoever wrote it and however it ended; it may come from outside.</summary>
public sealed class RecordingReader : IDisposable
{
    private readonly McapReader _file;
    private readonly CycleDecoder _decoder;
    private readonly McapMetadata _metadata;
    private readonly ushort _channel;
    private bool _isAtFirst;

    private RecordingReader(string path, McapReader file)
    {
        Path = path;
        _file = file;
        _isAtFirst = file.Read();
        _metadata = file.Metadata.TryGetValue(RecordingOrigin.MetadataName, out var metadata)
            ? metadata
            : throw NoRecording($"no metadata '{RecordingOrigin.MetadataName}'");
        Origin = RecordingOrigin.FromMetadata(path, metadata);
        Layout = new(Origin.Joints);
        _channel = file.Channels.Count == 1 ? file.Channels.Keys.Single() : throw NoRecording($"{file.Channels.Count} channels");
        _decoder = new(path, file.Channels[_channel].Schema, Layout);
    }

    /// <summary>Of the file.</summary>
    public string Path { get; }

    public RecordingOrigin Origin { get; }

    /// <summary>Of the records that are read: this program's, whatever the file's.</summary>
    public CycleLayout Layout { get; }

    /// <summary>Names of the fields that the file lacks; they read as zero.</summary>
    public IReadOnlyList<string> MissingFields => _decoder.Missing;

    /// <summary>The number of the record read last, modulo 2^32.</summary>
    public uint Number => _file.Sequence;

    /// <summary>Where the message read last begins in the file.</summary>
    public long Offset => _file.Offset;

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Part => _file.Part;

    /// <summary>How the file ended; null until it has.</summary>
    public McapEnd? End => _isAtFirst ? null : _file.End;

    /// <exception cref="RecordingFormatException">It is no recording, or damaged.</exception>
    public static RecordingReader Open(string path) => Open(path, File.OpenRead(path));

    /// <param name="path">Its name, for messages.</param>
    /// <param name="stream">That can be sought in; closed with the reader.</param>
    /// <exception cref="RecordingFormatException">It is no recording, or damaged.</exception>
    public static RecordingReader Open(string path, Stream stream)
    {
        try
        {
            return stream.CanSeek
                ? new(path, McapReader.Open(path, stream))
                : throw new RecordingFormatException(path, 0, "a pipe", "a file that can be read from any place", "Write it to a file first.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The next record; false at the end.</summary>
    /// <param name="record">At least <see cref="CycleLayout.Size"/> of the layout.</param>
    /// <exception cref="RecordingFormatException">The file is damaged.</exception>
    public bool Read(Span<byte> record)
    {
        while (_isAtFirst || _file.Read())
        {
            _isAtFirst = false;
            if (_file.ChannelId != _channel)
                continue;
            _decoder.Decode(_file.Offset, _file.Data, record[..Layout.Size]);
            return true;
        }

        return false;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What the recording says of itself does not fit what it is to be used for: the error, at that entry of its metadata.</summary>
    /// <param name="key">Of the metadata: robot, controller, …</param>
    /// <param name="found">In words.</param>
    /// <param name="expected">In words.</param>
    /// <param name="remedy">What to do.</param>
    public RecordingFormatException WrongOrigin(string key, string found, string expected, string remedy) =>
        new(Path, _metadata.Entries.TryGetValue(key, out var entry) ? entry.Offset : _metadata.Offset, found, expected, remedy);

    private RecordingFormatException NoRecording(string found)
    {
        var end = _file.End;
        string cut = end is { IsWhole: false } ? $"; the file was cut off before them: {end.Reason}" : "";
        return new(
            Path, end?.Offset ?? Offset, found + cut, "metadata and one channel before the first cycle", "Give a recording that `liquidcontrol hil record` made.");
    }
}
