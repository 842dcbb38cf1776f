namespace LiquidControl.Training;

/// <summary>What a training makes small.</summary>
public enum LossKind
{
    /// <summary>Quadratic for small errors, linear for large ones, with a penalty of chatter (<see cref="WeightedHuber"/>).</summary>
    Huber,

    /// <summary>The square of what an error of torque does to a joint's path (<see cref="TrainingOptions.Loop"/>).</summary>
    ClosedLoop,

    /// <summary>The mean of the squared error.</summary>
    MeanSquaredError,

    /// <summary>The cross-entropy of a label of 0 or 1 and the sigmoid of the output.</summary>
    BinaryCrossEntropy,
}
