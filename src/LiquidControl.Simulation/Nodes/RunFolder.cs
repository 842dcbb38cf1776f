namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// The folder an emulator runs in: a lock that ends with its process, the directory of nodes, a socket. What an emulator that was killed left
/// there is cleaned away.
/// </summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>Name of the directory of nodes.</summary>
    public const string NodesName = "nodes";

    private readonly string _folder;
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another emulator runs in this folder.</exception>
    public RunFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
        try
        {
            _lock = new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new IOException($"{_folder}: found another emulator running there, expected none. Stop it (Ctrl-C), or use --run and --offset.");
        }

        MountPoint = Path.Combine(_folder, NodesName);
        if (IsMounted)
        {
            _ = NodeSyscalls.Unmount(MountPoint, NodeSyscalls.ForceAndDetach);
        }

        File.Delete(Socket);
        Directory.CreateDirectory(MountPoint);
    }

    public string MountPoint { get; }

    public string Socket => Path.Combine(_folder, "hil.sock");

    private bool IsMounted => File.ReadLines("/proc/self/mounts").Any(line => line.Split(' ')[1] == MountPoint);

    public void Dispose()
    {
        Directory.Delete(MountPoint);
        File.Delete(Socket);
        File.Delete(_lock.Name);
        _lock.Dispose();
        if (!Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            Directory.Delete(_folder);
        }
    }
}
