using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>How far this network's runs lie from the recorded ones.</summary>
/// <param name="Name">The reference file's name for the network.</param>
/// <param name="Precision">The number format of the run.</param>
/// <param name="Sequences">In the file's order.</param>
public sealed record ReferenceVerification(string Name, Precision Precision, ImmutableArray<SequenceError> Sequences)
{
    public bool Passed => Sequences.All(sequence => sequence.Passed);
}
