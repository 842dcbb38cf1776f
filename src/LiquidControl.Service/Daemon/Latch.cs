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
    private readonly string _path;
    private volatile string? _cause;

    private Latch(string path, string? cause)
    {
        _path = path;
        _cause = cause;
    }

    /// <summary>Null when there is none.</summary>
    public string? Cause => _cause;

    /// <summary>Looks at what an earlier daemon has left; call before the new ring takes its place.</summary>
    public static Latch Inspect(string ring)
    {
        string path = DaemonPaths.LatchOf(ring);
        if (File.Exists(path))
            return new(path, File.ReadAllText(path));
        if (CauseIn(ring) is not { } cause)
            return new(path, null);
        AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(cause));
        return new(path, cause);
    }

    public void Clear()
    {
        _cause = null;
        File.Delete(_path);
    }

    private static string? CauseIn(string ring)
    {
        try
        {
            using var reader = SharedRingReader.Open(ring);
            return reader.Writer() == RingWriterState.Died && reader.IsPowered ? LastWords(reader) : null;
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
