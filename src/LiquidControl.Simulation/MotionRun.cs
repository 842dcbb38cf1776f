using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Numerics;

namespace LiquidControl.Simulation;

/// <summary>Looks on while an arm moves, once a cycle, between the cycle's Step and the plant's next advance.</summary>
public interface IMotionObserver
{
    /// <summary><paramref name="time"/>: s since the move began; negative while the arm is still being held at the start.</summary>
    void Observe(double time, ControlCycle cycle, SimulatedArm arm);
}

/// <summary>What a run cost and how it ended; the motion itself is judged by observers.</summary>
public sealed record MotionRunResult
{
    public required ControlState FinalState { get; init; }

    public required FaultCause Faults { get; init; }

    public required CycleStatistics Statistics { get; init; }

    /// <summary>Planned time of the move, s.</summary>
    public required double Duration { get; init; }

    /// <summary>Managed bytes the cycle allocated in all its steps.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Wall time of the slowest step, µs.</summary>
    public required double SlowestCycleUs { get; init; }

    /// <summary>Simulated over wall time, observers left out.</summary>
    public required double RealTimeFactor { get; init; }

    /// <summary>Hash over every bit of controller and plant.</summary>
    public required ulong StateHash { get; init; }
}

/// <summary>
/// One motion of a simulated arm: activation, a hold at the start, the move to the goal and a hold there. The cycle is the one that runs on
/// a real arm; only clock, bus and plant are not.
/// </summary>
/// <param name="arm">The arm.</param>
/// <param name="cycle">Its controller.</param>
/// <param name="holdAfter">How long the run goes on after the planned arrival, s.</param>
public sealed class MotionRun(SimulatedArm arm, ControlCycle cycle, double holdAfter = MotionRun.HoldAfter)
{
    /// <summary>The arm is held this long before the goal is posted, s: a real arm stands under control before it is told to move.</summary>
    public const double HoldBefore = 0.5;

    /// <summary>A run usually goes on this long after the planned arrival, s: the window of the metrics and a cycle.</summary>
    public const double HoldAfter = 0.62;

    /// <summary>Runs from rest at <paramref name="start"/> to <paramref name="goal"/> (rad).</summary>
    public MotionRunResult Run(
        ReadOnlySpan<double> start, ReadOnlySpan<double> goal, IMotionObserver? observer = null, CancellationToken cancellation = default)
    {
        arm.Reset(start);
        cycle.Configure();
        cycle.Activate();

        AllocationMeter allocation = default;
        long slowest = 0, busy = 0, simulatedNs = 0;
        double time = -HoldBefore, end = holdAfter;
        bool posted = false;
        while (time < end)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!posted && time >= 0.0)
            {
                cycle.Setpoints.Post(goal);
                posted = true;
                time = 0.0;
            }

            allocation.Start();
            long began = Stopwatch.GetTimestamp();
            cycle.Step();
            long stepped = Stopwatch.GetTimestamp();
            allocation.Stop();
            slowest = Math.Max(slowest, stepped - began);
            if (time == 0.0)
                end = cycle.Reference.Duration + holdAfter;

            observer?.Observe(time, cycle, arm);
            long advancing = Stopwatch.GetTimestamp();
            long period = arm.AdvanceCycle();
            busy += stepped - began + Stopwatch.GetTimestamp() - advancing;
            simulatedNs += period;
            time += period * 1e-9;
        }

        var result = new MotionRunResult
        {
            FinalState = cycle.State,
            Faults = cycle.Faults,
            Statistics = cycle.Statistics,
            Duration = cycle.Reference.Duration,
            AllocatedBytes = allocation.Total,
            SlowestCycleUs = slowest * 1e6 / Stopwatch.Frequency,
            RealTimeFactor = simulatedNs * 1e-9 * Stopwatch.Frequency / busy,
            StateHash = HashOf(),
        };
        cycle.Deactivate();
        return result;
    }

    private ulong HashOf()
    {
        var hash = new StateHash();
        hash.Add(unchecked((long)cycle.StateHash));
        arm.AddTo(ref hash);
        return hash.Value;
    }
}
