using LiquidControl.Robotics;

namespace LiquidControl.Cli.Plotting;

/// <summary>What a move did, one entry a control cycle; joint arrays are indexed [joint][cycle].</summary>
internal sealed record MoveTrace
{
    /// <summary>What the picture is called.</summary>
    public required string Title { get; init; }

    public required string[] JointNames { get; init; }

    /// <summary>Since the start of the move, s.</summary>
    public required double[] Time { get; init; }

    /// <summary>Planned arrival, s.</summary>
    public required double Arrival { get; init; }

    /// <summary>Reference minus true position, rad.</summary>
    public required double[][] JointError { get; init; }

    /// <summary>Torque the drives delivered, N·m.</summary>
    public required double[][] Torque { get; init; }

    /// <summary>The part of it that came from the network, N·m.</summary>
    public required double[][] Residual { get; init; }

    /// <summary>True tool centre point, base frame, m.</summary>
    public required Vector3[] Tool { get; init; }

    /// <summary>Where the tool centre point should have been, base frame, m.</summary>
    public required Vector3[] ToolReference { get; init; }
}
