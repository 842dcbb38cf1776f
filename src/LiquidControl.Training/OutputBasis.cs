namespace LiquidControl.Training;

/// <summary>
/// How targets follow from a network's outputs where they are not the same: target = Σ value · scale · output over the entries, whose values
/// every step of a sequence brings along. So a network can say what is wrong with a model and be judged by the torque that makes.
/// </summary>
/// <param name="Outputs">The network's outputs.</param>
/// <param name="Scales">In the outputs' units, what one unit of the network's numbers is.</param>
/// <param name="Entries">Which output has a part in which target.</param>
public sealed record OutputBasis(
    IReadOnlyList<Signal> Outputs, IReadOnlyList<float> Scales, IReadOnlyList<(int Target, int Output)> Entries)
{
    /// <summary>A name for each entry.</summary>
    internal IReadOnlyList<Signal> EntrySignals { get; } =
        [.. Entries.Select(entry => new Signal($"{Outputs[entry.Output].Name} in {entry.Target}", "1"))];
}
