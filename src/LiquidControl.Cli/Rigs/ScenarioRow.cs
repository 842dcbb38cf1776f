using System.Text.Json.Serialization;
using LiquidControl.Cli.Rigs.Nodes;
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
/// <param name="AllocatedBytes">By the cycle; null for a controller that is another process.</param>
/// <param name="StateHash">Over every bit of controller and plant; null where they ran free.</param>
/// <param name="Attempts">On nodes, of which the last counts; null in lockstep.</param>
internal sealed record ScenarioRow(
    string Name, string File, ulong Seed, bool IsPassed, IReadOnlyList<string> Failures, string State, string Faults, double? SafeMs, double Seconds,
    double RealTimeFactor, long? AllocatedBytes, string? StateHash, IReadOnlyList<AttemptRow>? Attempts)
{
    public static ScenarioRow Of(RigResult result) => new(
        result.Name, result.Path, result.Seed, result.IsPassed, result.Failures, $"{result.FinalState}", $"{result.Faults}",
        result.Reactions.Max(reaction => reaction.SafeMs) is { } ms ? Math.Round(ms, 1) : null, Math.Round(result.Seconds, 3),
        Math.Round(result.RealTimeFactor, 1), result.AllocatedBytes, $"{result.StateHash:x16}", null);

    public static ScenarioRow Of(IReadOnlyList<NodeAttempt> attempts) => Of(attempts[^1].Result) with
    {
        AllocatedBytes = null,
        StateHash = null,
        Attempts = [.. attempts.Select(AttemptRow.Of)],
    };

    /// <summary>What did not hold, line by line; on nodes attempt by attempt, each with how this machine let the loop run.</summary>
    [JsonIgnore]
    public IEnumerable<string> Account => Attempts is null
        ? Failures
        : Attempts.SelectMany((attempt, i) => attempt.Failures.Select(failure => "  " + failure).Prepend($"attempt {i + 1}: {attempt}"));
}
