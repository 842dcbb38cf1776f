namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// Links in /dev that lead to the emulated nodes, so that programs find them where they look. What stands there already is never replaced,
/// except a link of an emulator that is gone.
/// </summary>
public sealed class NodeLinks : IDisposable
{
    private readonly List<string> _links = [];

    /// <exception cref="IOException">Something has one of the names; no link is left behind.</exception>
    public NodeLinks(string folder, NodeLayout layout, string mountPoint)
    {
        try
        {
            foreach (string name in layout.All)
            {
                string link = Path.Combine(folder, name);
                Clear(link, name, mountPoint);
                File.CreateSymbolicLink(link, Path.Combine(mountPoint, name));
                _links.Add(link);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Links => _links;

    public void Dispose() => _links.ForEach(File.Delete);

    private static void Clear(string link, string name, string mountPoint)
    {
        var found = new FileInfo(link);
        if (found.LinkTarget is { } target)
        {
            bool ours = Path.GetFileName(target) == name && Path.GetFileName(Path.GetDirectoryName(target)) == RunFolder.NodesName;

            // Whoever holds the run folder's lock is alone with this mount point: a link into it was left by an emulator that was killed.
            if (ours && (Path.GetDirectoryName(target) == mountPoint || !File.Exists(target)))
            {
                File.Delete(link);
                return;
            }

            throw new IOException($"{link}: found a link to {target}, expected nothing there. {(ours ? "Stop the other emulator (Ctrl-C)" : "Remove it")}, or use --offset.");
        }

        if (found.Exists || Directory.Exists(link))
        {
            throw new IOException($"{link}: found a node of this machine, expected nothing there. Use --offset (90 makes {new NodeLayout(90).I2c} and so on).");
        }
    }
}
