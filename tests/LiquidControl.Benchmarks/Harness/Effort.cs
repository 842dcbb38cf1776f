namespace LiquidControl.Benchmarks.Harness;

/// <summary>How long a benchmark measures.</summary>
/// <param name="Rounds">In each of which every variant of a group runs once.</param>
/// <param name="RoundSeconds">About what a variant's part of a round takes.</param>
/// <param name="AllocationSteps">Steps over which allocated bytes are counted, if they take no longer than the next.</param>
/// <param name="AllocationSeconds">At most.</param>
/// <param name="SingleSteps">Steps timed one by one.</param>
/// <param name="CountsInstructions">Which takes minutes.</param>
internal sealed record Effort(
    int Rounds, double RoundSeconds, int AllocationSteps, double AllocationSeconds, int SingleSteps, bool CountsInstructions)
{
    public static Effort Full { get; } = new(200, 1e-3, 1_000_000, 2.0, 1_000_000, true);

    /// <summary>To see that everything runs; the figures mean little.</summary>
    public static Effort Quick { get; } = new(5, 5e-5, 1000, 0.01, 1000, false);
}
