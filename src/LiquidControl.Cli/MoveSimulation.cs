using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Simulation;
using LiquidControl.Training;
using LiquidControl.Training.Arm;
using Spectre.Console;

namespace LiquidControl.Cli;

/// <summary>Runs a move on the simulated robot, judges it and keeps its trace.</summary>
internal static class MoveSimulation
{
    /// <param name="request">The move.</param>
    /// <param name="terminal">Where it shows its progress.</param>
    /// <param name="showsProgress">Whether it does.</param>
    /// <param name="recording">A file to make, with every cycle; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    public static MoveOutcome Run(MoveRequest request, Terminal terminal, bool showsProgress, string? recording, CancellationToken cancellation)
    {
        // A rehearsal first: what is timed and shown afterwards is the cycle, not the runtime compiling it.
        NewRobot(request).Run(request.Start, request.Goal, cancellation: cancellation);
        var robot = NewRobot(request);
        var judge = new MotionJudge(request.Robot.Arm, request.Start, request.Goal);
        var recorder = new TraceRecorder(request.Robot.Arm);
        var features = robot.Policy is { } policy ? new FeatureRecorder(policy) : null;
        using var file = recording is null ? null : new MoveRecorder(request, recording);
        var observers = new Observers([judge, recorder, .. new IMotionObserver?[] { features, file }.OfType<IMotionObserver>()]);
        MotionRunResult Simulate(IMotionObserver observer) => robot.Run(request.Start, request.Goal, observer, cancellation);
        var run = showsProgress
            ? terminal.Console.Progress().Start(context => Simulate(new Observers(observers, new ProgressLine(context.AddTask($"{request.From} to {request.To}")))))
            : Simulate(observers);
        var metrics = judge.Finish();
        return new(Report(request, run, metrics), run, recorder.ToTrace($"{request.Robot.Arm.Name}, {ControllerNames.Of(request.Controller)}, {request.From} to {request.To}", run.Duration), features?.Names ?? [], features?.Rows ?? []);
    }

    private static SimulatedRobot NewRobot(MoveRequest request) =>
        new(request.Robot, request.Controller, request.Payload, request.Rate, request.Seed);

    private static MoveReport Report(MoveRequest request, MotionRunResult run, EpisodeResult metrics) => new(
        Reached: metrics.Success && run.FinalState == ControlState.Active,
        Robot: request.Robot.Arm.Name,
        Controller: ControllerNames.Of(request.Controller),
        FinalPositionErrorMm: metrics.FinalErrorMm,
        FinalOrientationErrorMrad: metrics.OrientationErrorMrad,
        PathErrorMaxMm: metrics.PathErrorMm,
        SettleMs: metrics.SettleMs,
        Cycles: run.Statistics.Cycles,
        LateCycles: run.Statistics.LateCycles,
        DroppedCycles: run.Statistics.DroppedCycles,
        AllocatedBytes: run.AllocatedBytes,
        SlowestCycleUs: run.SlowestCycleUs,
        LimiterInterventions: run.Statistics.LimiterInterventions,
        StateHash: $"{run.StateHash:x16}",
        RealTimeFactor: run.RealTimeFactor);

    private sealed class Observers(params IMotionObserver[] observers) : IMotionObserver
    {
        public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
        {
            foreach (var observer in observers) observer.Observe(time, cycle, arm);
        }
    }

    /// <summary>How far the move is, for somebody who watches.</summary>
    private sealed class ProgressLine(ProgressTask task) : IMotionObserver
    {
        public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
        {
            if (time < 0.0) return;
            task.MaxValue = cycle.Reference.Duration + MotionRun.HoldAfter;
            task.Value = time;
        }
    }
}

/// <summary>A finished move; the features are what <see cref="FeatureRecorder"/> kept, none without a network.</summary>
internal sealed record MoveOutcome(
    MoveReport Report, MotionRunResult Run, MoveTrace Trace, IReadOnlyList<string> FeatureNames, IReadOnlyList<double[]> Features);
