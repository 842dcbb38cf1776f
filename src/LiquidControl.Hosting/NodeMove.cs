using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Realtime;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Hosting;

/// <summary>
/// One motion through device nodes on the machine's clock: the cycle and the drivers of the real arm over raw ioctls. A plain loop that keeps
/// its period as well as the machine lets it; a late cycle skips whole periods.
/// </summary>
public sealed class NodeMove
{
    private readonly RobotConfiguration _robot;
    private readonly ControllerKind _kind;
    private readonly DcArmNodes _nodes;

    /// <param name="robot">A robot with chips.</param>
    /// <param name="kind">Which law drives.</param>
    /// <param name="nodes">Where its chips are.</param>
    public NodeMove(RobotConfiguration robot, ControllerKind kind, DcArmNodes nodes)
    {
        _robot = robot;
        _kind = kind;
        _nodes = nodes;
    }

    /// <summary>From where the arm stands to the goal, rad. Looks at the arm once while it holds there.</summary>
    /// <param name="goal">rad.</param>
    /// <param name="look">Says where the tool truly is, base frame, m; called on another thread.</param>
    /// <param name="cancellation">Ends the run with the outputs off.</param>
    /// <exception cref="HardwareException">A node or a chip is not as it should be.</exception>
    public NodeMoveResult Run(double[] goal, Func<double[]> look, CancellationToken cancellation = default)
    {
        // A rehearsal on emulated chips in process: the first real cycle must not wait for the compiler.
        new SimulatedRobot(_robot, _kind).Run(_robot.Arm.Poses["home"], goal, cancellation: cancellation);
        var believed = SimulatedRobot.BelievedArm(_robot);
        var clock = new MachineClock();
        using var devices = new DcArmDevices(_robot.Wiring!, _nodes);
        var cycle = new ControlCycle(believed, _robot.Controller, _kind, devices.Hardware, clock, SimulatedRobot.LoadPolicy(_robot, _kind, believed));
        ThreadScheduling.Apply(new(SchedulingPolicy.Fifo, SchedulingRequest.UsualPriority), ProcessRights.Current());
        cycle.Configure();
        cycle.Activate();
        try
        {
            return Run(cycle, clock, goal, look, cancellation) with { BusTimeNs = devices.Hardware.BusTimeNs };
        }
        finally
        {
            cycle.Deactivate();
        }
    }

    private NodeMoveResult Run(ControlCycle cycle, MachineClock clock, double[] goal, Func<double[]> look, CancellationToken cancellation)
    {
        long period = (long)(1e9 / _robot.Arm.Rate), start = clock.NowNs, next = start, skipped = 0, slowest = 0;
        long postAt = start + (long)(1e9 * MotionRun.HoldBefore), lookAt = long.MaxValue, end = long.MaxValue;
        Task<double[]>? tool = null;
        while (clock.NowNs < end || tool is { IsCompleted: false })
        {
            cancellation.ThrowIfCancellationRequested();
            MonotonicClock.TryWaitUntil(next);
            long began = clock.NowNs;
            bool posting = began >= postAt;
            if (posting)
            {
                cycle.Setpoints.Post(goal);
                postAt = long.MaxValue;
            }

            cycle.Step();
            if (posting)
            {
                lookAt = began + (long)(1e9 * (cycle.Reference.Duration + 0.5));
                end = began + (long)(1e9 * (cycle.Reference.Duration + MotionRun.HoldAfter));
            }

            if (began >= lookAt)
            {
                lookAt = long.MaxValue;
                tool = Task.Run(look, CancellationToken.None);
            }

            long now = clock.NowNs;
            slowest = Math.Max(slowest, now - began);
            next += period;
            long late = Math.Max(0, (now - next + period - 1) / period);
            skipped += late;
            next += late * period;
        }

        return new()
        {
            State = cycle.State,
            Faults = cycle.Faults,
            Statistics = cycle.Statistics,
            SkippedPeriods = skipped,
            SlowestCycleNs = slowest,
            RunNs = clock.NowNs - start,
            Tool = tool!.GetAwaiter().GetResult(),
        };
    }
}
