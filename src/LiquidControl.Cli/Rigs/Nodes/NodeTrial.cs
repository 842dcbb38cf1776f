using LiquidControl.Cli.Benchmarks;
using LiquidControl.Rig;

namespace LiquidControl.Cli.Rigs.Nodes;

/// <summary>
/// Scenarios on nodes, each again where it did not hold while this machine kept the loop waiting: a few times, and every attempt is told.
/// </summary>
internal static class NodeTrial
{
    private const int MostAttempts = 5;

    private const double ShortestStopMs = 4.0;

    /// <summary>Why it can only be run in lockstep; null: it can be run on nodes.</summary>
    public static string? LockstepOnly(RigScenario scenario)
    {
        foreach (FaultAction action in scenario.Events.Select(happens => happens.Action).OfType<FaultAction>())
        {
            if (action.Fault.NeedsNetwork)
                return $"{action.Fault.Name}, which the daemon's own network cannot be made to do";
            if (action is { Fault.Name: "loop-late", Value: < ShortestStopMs })
                return FormattableString.Invariant($"loop-late for {action.Value} ms, and a process cannot be stopped for less than {ShortestStopMs} sharp");
        }

        return null;
    }

    /// <summary>The attempts; the last is the one that counts.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="program">The daemon.</param>
    /// <param name="newObserver">One for each attempt.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<NodeAttempt> Run(
        RigScenario scenario, CheckoutProgram program, Func<IRigObserver?> newObserver, CancellationToken cancellation)
    {
        List<NodeAttempt> attempts = [];
        do
        {
            using NodeRun run = new(scenario, program);
            attempts.Add(run.Run(newObserver(), cancellation));
        }
        while (!attempts[^1].Result.IsPassed && attempts[^1].IsDisturbed && attempts.Count < MostAttempts);
        return attempts;
    }
}
