using System.Collections.Immutable;

namespace LiquidControl.Neural.Kernels;

/// <summary>A network as the stages of a step, and where its numbers lie in the memory of a state.</summary>
internal sealed class FixedPointProgram
{
    public required FixedPointFormat Format { get; init; }

    /// <summary>Where the input goes, in bytes.</summary>
    public required int InputOffset { get; init; }

    /// <summary>What each input is multiplied with.</summary>
    public required AlignedBuffer<float> InputFactors { get; init; }

    public required FixedPointStage[] Stages { get; init; }

    public required FixedPointReadout Readout { get; init; }

    /// <summary>The neurons' states, in the network's order.</summary>
    public required ImmutableArray<FixedPointElement> Neurons { get; init; }

    /// <summary>Of the first memory cell, in bytes; there are as many as neurons, or none.</summary>
    public required int? Cells { get; init; }

    /// <summary>Activations of the backbone layers, in the real numbers they stand for.</summary>
    public required ImmutableArray<ImmutableArray<FixedPointElement>> Hidden { get; init; }
}
