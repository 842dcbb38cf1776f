using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>The file of a ring on its path: opening, its header, and whose it is.</summary>
internal static unsafe class RingFile
{
    /// <summary>0640.</summary>
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Null when there is none.</summary>
    public static SafeFileHandle? TryOpen(string path, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What stands at its beginning; of a shorter file the rest is zero.</summary>
    public static RingHeader ReadHeader(SafeFileHandle file)
    {
        RingHeader header = default;
        _ = RandomAccess.Read(file, MemoryMarshal.AsBytes(new Span<RingHeader>(ref header)), 0);
        return header;
    }

    /// <summary>Epoch of the ring that lies on the path now; 0 when there is none.</summary>
    public static ulong EpochAt(string path)
    {
        using SafeFileHandle? file = TryOpen(path, FileAccess.Read);
        return file is null ? 0 : ReadHeader(file).Epoch;
    }

    /// <summary>
    /// A file of this size under a name of its own, its space taken (a full disk is found here, not by a fault in the cycle), and readable by
    /// owner and group.
    /// </summary>
    public static SafeFileHandle CreateUnnamed(string path, long bytes, out string temporary)
    {
        string target = Path.GetFullPath(path);
        RemoveRemains(target);
        temporary = $"{PrefixOf(target)}{Path.GetRandomFileName()}";
        SafeFileHandle file = File.OpenHandle(
            temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, preallocationSize: bytes);
        try
        {
            if (Libc.ChangeMode(file, (uint)OwnerAndGroup) != 0)
                throw new IOException($"{path}: its permissions cannot be set: {Marshal.GetLastPInvokeErrorMessage()}.");
            RandomAccess.SetLength(file, bytes);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Gives a finished file its name. False: somebody else was first.</summary>
    public static bool TryName(string temporary, string path, bool replace)
    {
        if (replace)
        {
            File.Move(temporary, path, overwrite: true);
            return true;
        }

        int error = Libc.Link(temporary, path) == 0 ? 0 : Marshal.GetLastPInvokeError();
        File.Delete(temporary);
        return error switch
        {
            0 => true,
            Libc.Exists => false,
            _ => throw new IOException(
                $"{path}: cannot be created: {Marshal.GetPInvokeErrorMessage(error)}. Choose a directory of a Linux file system, such as /dev/shm."),
        };
    }

    /// <summary>What writers killed while starting have left; one that is starting now holds its lock.</summary>
    private static void RemoveRemains(string target)
    {
        string prefix = PrefixOf(target);
        foreach (string remains in Directory.GetFiles(Path.GetDirectoryName(target)!, Path.GetFileName(prefix) + "*"))
        {
            using SafeFileHandle? file = TryOpen(remains, FileAccess.Read);
            if (file is not null && !FileLock.IsHeld(file))
                File.Delete(remains);
        }
    }

    private static string PrefixOf(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.new-");
}
