namespace LiquidControl.Simulation.Nodes;

/// <summary>An ioctl on a node.</summary>
internal readonly ref struct NodeCall
{
    /// <summary>The open file it was made on.</summary>
    public required ulong File { get; init; }

    public required CallerMemory Caller { get; init; }

    public required uint Command { get; init; }

    /// <summary>The third argument as it was given.</summary>
    public required ulong Argument { get; init; }

    /// <summary>What the argument points at, as far as the command's number says that it is read.</summary>
    public required ReadOnlySpan<byte> Input { get; init; }

    /// <summary>What will be written there.</summary>
    public required Span<byte> Output { get; init; }
}
