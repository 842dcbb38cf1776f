namespace LiquidControl.Neural;

/// <summary>Replaces files in one step, so that a reader or a power cut never meets half of one.</summary>
public static class AtomicFile
{
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string target = Path.GetFullPath(path);
        // In the same folder, because only within one file system is a rename atomic.
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes a file, and beside it what writes that were killed half-way have left. Nobody may be writing it.</summary>
    public static void Delete(string path)
    {
        string target = Path.GetFullPath(path);
        File.Delete(target);
        foreach (string remains in Directory.GetFiles(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.*"))
            File.Delete(remains);
    }
}
