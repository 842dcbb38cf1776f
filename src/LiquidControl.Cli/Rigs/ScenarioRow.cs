using LiquidControl.Rig;

namespace LiquidControl.Cli.Rigs;

/// <summary>A scenario's result, as it is printed.</summary>
/// <param name="Name">Of the scenario.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Seed">Of plant and noise.</param>
/// <param name="IsPassed">Whether all held.</param>
/// <param name="Failures">What did not.</param>
/// <param name="State">At the end.</param>
/// <param name="Faults">All causes that were given.</param>
/// <param name="SafeMs">The longest time from a fault to the state it led to; null where none led anywhere.</param>
/// <param name="Seconds">Simulated.</param>
/// <param name="RealTimeFactor">Simulated over wall time.</param>
/// <param name="AllocatedBytes">By the cycle.</param>
/// <param name="StateHash">Over every bit of controller and plant.</param>
internal sealed record ScenarioRow(
    string Name, string File, ulong Seed, bool IsPassed, IReadOnlyList<string> Failures, string State, string Faults, double? SafeMs, double Seconds,
    double RealTimeFactor, long AllocatedBytes, string StateHash)
{
    public static ScenarioRow Of(RigResult result) => new(
        result.Name, result.Path, result.Seed, result.IsPassed, result.Failures, $"{result.FinalState}", $"{result.Faults}",
        result.Reactions.Max(reaction => reaction.SafeMs) is { } ms ? Math.Round(ms, 1) : null, Math.Round(result.Seconds, 3),
        Math.Round(result.RealTimeFactor, 1), result.AllocatedBytes, $"{result.StateHash:x16}");
}
