using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>How a training ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs were run, or as many as early stopping let run.</summary>
    Completed,

    /// <summary>Stopped on request; the model is that of the last whole step.</summary>
    Cancelled,

    /// <summary>The loss or its gradient ran away; the model is that of the best epoch before.</summary>
    Diverged,
}

/// <summary>The end of a training.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Network">What was trained.</param>
/// <param name="Parameters">What it learned, in the order of <paramref name="Network"/>.</param>
/// <param name="Metadata">Names, units, normalisation and provenance.</param>
/// <param name="Epochs">Each finished epoch.</param>
public sealed record TrainingResult(
    TrainingOutcome Outcome, string Message, NetworkParameters Network, float[] Parameters, ModelMetadata Metadata,
    IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>Mean loss of each finished epoch.</summary>
    public IReadOnlyList<double> EpochLosses => [.. Epochs.Select(static epoch => epoch.Loss)];

    /// <summary>The network with its normalisation and provenance, ready to be saved and run.</summary>
    /// <exception cref="InvalidOperationException">A rival has no model file.</exception>
    public Model Model => new() { Weights = Network.Restore(Parameters), Metadata = Metadata };
}
