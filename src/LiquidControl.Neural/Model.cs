namespace LiquidControl.Neural;

/// <summary>A trained network and what its numbers mean. <see cref="ModelFile"/> reads and writes it.</summary>
public sealed record Model
{
    public required NetworkWeights Weights { get; init; }

    public ModelMetadata Metadata { get; init; } = ModelMetadata.Empty;

    /// <summary>The number format of the file: weights are kept in double here and rounded when written as F32.</summary>
    public TensorType StorageType { get; init; } = TensorType.F32;

    public NetworkArchitecture Architecture => Weights.Architecture;
}
