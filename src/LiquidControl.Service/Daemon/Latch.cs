using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// Why the arm may not be activated before a person has cleared it: an earlier daemon ended while it had the outputs on. Kept in a file
/// beside the ring, so that a daemon that is started again and again does not forget it.
/// </summary>
internal sealed class Latch
{
    /// <summary>A daemon that was killed lets go of its ring when the kernel has cleared its memory away, a while after it is gone.</summary>
    private const long PatienceNs = 5_000_000_000;

    private readonly string _path;
    private volatile string? _cause;

    private Latch(string path, string? cause)
    {
        _path = path;
        _cause = cause;
    }

    /// <summary>Null when there is none.</summary>
    public string? Cause => _cause;

    /// <summary>Looks at what an earlier daemon has left, and keeps the ring of one that died; call before the new ring takes its place.</summary>
    /// <exception cref="RingInUseException">Another one lives.</exception>
    public static Latch Inspect(string ring)
    {
        string path = DaemonPaths.LatchOf(ring);
        if (File.Exists(path))
            return new(path, File.ReadAllText(path));
        if (CauseIn(ring) is not { } cause)
            return new(path, null);
        AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(cause));
        File.Move(ring, DaemonPaths.LeftByDied(ring), overwrite: true);
        return new(path, cause);
    }

    public void Clear()
    {
        File.Delete(_path);
        _cause = null;
    }

    private static string? CauseIn(string ring)
    {
        try
        {
            using var reader = SharedRingReader.Open(ring);
            long limit = MonotonicClock.NowNs + PatienceNs;
            RingWriterState writer;
            while ((writer = reader.Writer()) == RingWriterState.Writing)
            {
                // Not to be taken for one that stopped the arm only because it lets go a moment later.
                if (MonotonicClock.NowNs > limit)
                    throw new RingInUseException(ring, reader.WriterProcess);
                Thread.Sleep(1);
            }

            return writer == RingWriterState.Died && reader.IsPowered ? LastWords(reader) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static string LastWords(SharedRingReader reader)
    {
        byte[] record = new byte[reader.RecordBytes];
        byte[]? last = null;
        while (reader.TryRead(record, out _) is not RingRead.Empty and var read)
        {
            if (read == RingRead.Record)
                last = [.. record];
        }

        string what = $"The daemon before (process {reader.WriterProcess}) ended without stopping the arm";
        if (last is null)
            return $"{what}, as it was activating it.";
        var fields = RingDescription.Read(reader.Description).Fields;
        string Text(string name) => fields.First(field => field.Name == name).Text(last);
        return $"{what}: its last cycle was {Text("cycle")}, in the state {Text("state")}.";
    }
}
