using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;

namespace LiquidControl.Telemetry;

/// <summary>
/// Writes cycles to an MCAP file that Foxglove and PlotJuggler read: one protobuf message a record, at the time of its cycle. What was
/// written more than a second ago is on the disk.
/// </summary>
public sealed class RecordingWriter : IDisposable
{
    /// <summary>What the header says the file is.</summary>
    internal const string Profile = "liquidcontrol";

    private readonly CycleEncoder _encoder;
    private readonly RecordField _clock;
    private readonly McapWriter _file;

    /// <param name="stream">Empty, to write to; closed with this.</param>
    /// <param name="origin">Whose cycles they are.</param>
    /// <param name="fields">Of a record; a ring's may be more than this program's.</param>
    public RecordingWriter(Stream stream, RecordingOrigin origin, IReadOnlyList<RecordField> fields)
    {
        _encoder = new(fields);
        _clock = fields.First(field => field.Name == "timestamp");
        _file = new(stream, Profile, origin.Program, (RecordingOrigin.MetadataName, origin.ToMetadata()), _encoder.Channel());
    }

    public long Records => _file.Messages;

    /// <summary>Bytes of the file that are on the disk.</summary>
    public long Bytes => _file.Bytes;

    /// <param name="number">Of the record where it comes from; a gap is what was lost.</param>
    /// <param name="record">Laid out as the fields say.</param>
    public void Add(long number, ReadOnlySpan<byte> record) =>
        _file.Add(unchecked((uint)number), (ulong)Math.Max(0, _clock.Whole(record)), _encoder.Encode(record));

    public void Dispose() => _file.Dispose();
}
