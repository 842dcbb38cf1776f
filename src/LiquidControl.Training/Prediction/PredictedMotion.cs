namespace LiquidControl.Training.Prediction;

/// <summary>What was told at one moment of a move about the time after it, and what came. Joint arrays are [horizon][joint], rad and rad/s.</summary>
public sealed record PredictedMotion
{
    /// <summary>s.</summary>
    public required double[] Horizons { get; init; }

    public required double[][] Positions { get; init; }

    public required double[][] Velocities { get; init; }

    public required double[][] PlanPositions { get; init; }

    public required double[][] PlanVelocities { get; init; }

    public required double[][] TruePositions { get; init; }

    public required double[][] TrueVelocities { get; init; }

    /// <summary>Distance of the told tool centre point from the true one.</summary>
    public required double[] ToolErrorMm { get; init; }

    /// <summary>The same of the plan.</summary>
    public required double[] PlanToolErrorMm { get; init; }
}
