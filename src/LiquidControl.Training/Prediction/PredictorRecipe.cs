using LiquidControl.Neural;

namespace LiquidControl.Training.Prediction;

/// <summary>How much data and how many passes; the defaults made the shipped predictor.</summary>
public sealed record PredictorRecipe
{
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Moves to ask about. Each is one draw of payload, masses and friction: few of them are learned by heart.
    /// </summary>
    public int Episodes { get; init; } = 3072;

    /// <summary>Neurons of the network, a dense CfC.</summary>
    public int Units { get; init; } = 64;

    /// <summary>Width of its backbone, one layer.</summary>
    public int BackboneUnits { get; init; } = 64;

    public TrainingOptions Options { get; init; } = new()
    {
        Epochs = 6,
        BatchSize = 256,
        ChunkSteps = 1,
        LearningRate = 6e-3,
        HuberBeta = 1f,
        TimespanUnit = 0.1,
    };

    internal CfcArchitecture Architecture(SequenceSet data) => new()
    {
        InputSize = data.Features.Count,
        Units = Units,
        BackboneUnits = BackboneUnits,
        ProjectionSize = data.Targets.Count,
    };
}
