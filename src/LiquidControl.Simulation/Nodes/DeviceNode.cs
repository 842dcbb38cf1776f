using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A file that behaves as a device node. Calls come from several threads. Results are 0 or more, or a negative error number; nothing may
/// throw.
/// </summary>
internal abstract class DeviceNode(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether the directory shows it.</summary>
    public virtual bool IsListed => true;

    public virtual void Open(ulong file)
    {
    }

    public virtual void Close(ulong file)
    {
    }

    public abstract int Control(NodeCall call);

    public virtual int Read(ulong file, Span<byte> bytes) => -Errno.InvalidArgument;

    public virtual int Write(ulong file, ReadOnlySpan<byte> bytes) => -Errno.InvalidArgument;
}
