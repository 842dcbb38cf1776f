using System.Text.Json;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Daemon;

/// <summary>Reads a daemon's ring, or a copy of its file, and never disturbs it; the records go into a <see cref="CycleTable"/>.</summary>
internal sealed class RingFollower : IDisposable
{
    private const int MostJoints = 64;

    private readonly SharedRingReader _reader;
    private readonly byte[] _record;

    private RingFollower(SharedRingReader reader, RingDescription description)
    {
        _reader = reader;
        _record = new byte[reader.RecordBytes];
        Description = description;
    }

    public RingDescription Description { get; }

    public long WriterProcess => _reader.WriterProcess;

    /// <summary>Records overwritten before they were read.</summary>
    public long Lost => _reader.Lost;

    /// <summary>Records left out because their checksum was wrong.</summary>
    public long Corrupt => _reader.Corrupt;

    /// <summary>False for a ring that a reboot has outlived.</summary>
    public bool IsOfThisBoot => _reader.IsOfThisBoot;

    /// <exception cref="IOException">There is no ring, or what lies there is none.</exception>
    /// <exception cref="BadInputException">It cannot be read, or its records are not a daemon's.</exception>
    public static RingFollower Open(string path)
    {
        if (Directory.Exists(path)) throw new BadInputException($"{path}: found a directory, expected the ring of a liquidcontrold. Give the file.");
        SharedRingReader reader;
        try
        {
            reader = SharedRingReader.Open(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{path}: found no permission to read it, expected its owner or group. Become a member of the daemon's group "
                + "(sudo usermod -aG liquidcontrol $USER, then log in again), or use sudo.");
        }

        try
        {
            return new(reader, Describe(path, reader));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>On with the next record to be written.</summary>
    public void FromNewest() => _reader.FromNewest();

    /// <summary>
    /// All that the ring holds. The first record is read twice: reading it may take long enough for the writer to come round, later ones do not.
    /// </summary>
    public CycleTable ReadAll()
    {
        _ = _reader.TryRead(_record, out _);
        _reader.FromOldest();
        CycleTable table = new(Description);
        ReadNew(table);
        return table;
    }

    /// <summary>What has come since.</summary>
    public void ReadNew(CycleTable table)
    {
        while (ReadNext(out long sequence)) table.Add(sequence, _record);
    }

    /// <summary>The next record, into <see cref="Record"/>; false where nothing newer has come.</summary>
    /// <param name="sequence">Its number, from 0; a gap is what was left out or lost.</param>
    public bool ReadNext(out long sequence)
    {
        RingRead read;
        do read = _reader.TryRead(_record, out sequence);
        while (read == RingRead.Corrupt);
        return read == RingRead.Record;
    }

    /// <summary>Until the next is read.</summary>
    public ReadOnlySpan<byte> Record => _record;

    /// <summary>How its writer fares.</summary>
    public RingWriterState Writer() => _reader.Writer();

    /// <summary>As reports name it.</summary>
    public static string Word(RingWriterState writer) => writer switch
    {
        RingWriterState.Writing => "writing",
        RingWriterState.Ended => "ended",
        RingWriterState.Died => "died",
        _ => "replaced",
    };

    public void Dispose() => _reader.Dispose();

    private static RingDescription Describe(string path, SharedRingReader reader)
    {
        RingDescription description;
        try
        {
            description = RingDescription.Read(reader.Description);
        }
        catch (JsonException error)
        {
            throw Foreign(path, $"no JSON that names its fields ({error.Message})");
        }

        if (description is not { Robot: not null, Fields.Count: > 0, Joints: > 0 and <= MostJoints, Rate: > 0.0 and < double.PositiveInfinity })
            throw Foreign(path, "a description without robot, rate, joints or fields");
        var names = new HashSet<(string, int?)>();
        foreach (var field in description.Fields)
        {
            bool fits = field is { Name: not null, Unit: not null, Words: not null, Offset: >= 0 } && Enum.IsDefined(field.Kind)
                && field.Offset + CycleLayout.SizeOf(field.Kind) <= reader.RecordBytes && names.Add((field.Name, field.Joint));
            if (!fits) throw Foreign(path, $"a field {field?.Name} that does not fit into records of {reader.RecordBytes} bytes, or stands twice");
        }

        return description;
    }

    private static BadInputException Foreign(string path, string found) =>
        new($"{path}: found {found}, expected the description of a liquidcontrold's cycles. Check the path; the daemon makes a new ring when it starts.");
}
