using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Service.Jitter;

/// <summary>
/// What a cycle of the loop does: the whole control cycle of an arm, drivers included, on emulated chips in front of a simulated plant, to and
/// fro between two poses. Time in the plant passes with the loop's, skipped periods too.
/// </summary>
internal sealed class ArmCycle
{
    private const double RestS = 0.2;

    private readonly SimulatedRobot _robot;
    private readonly BusFaultPattern? _faults;
    private readonly long _periodNs;
    private readonly double[][] _goals;
    private int _goal;
    private double _rested;

    public ArmCycle(RobotConfiguration robot, JitterOptions options)
    {
        _robot = new(robot, options.Controller, rate: options.Rate);
        _periodNs = options.PeriodNs;
        _goals = [.. robot.Arm.Poses.Values.Take(2)];
        if (_goals.Length < 2)
        {
            throw new ArgumentErrorException(
                $"--robot: found {_goals.Length} poses in {robot.Path}, expected two to move between. Add them under [poses_deg].");
        }

        if (options.BusFaults)
        {
            _faults = _robot.Board is { } board
                ? new(board.Faults, robot.Wiring!)
                : throw new ArgumentErrorException(
                    $"--bus-faults: found the robot {robot.Arm.Name}, expected one with buses. Leave the option out, or choose ar4-dc.");
        }

        _robot.Arm.Reset(_goals[0]);
        _robot.Cycle.Configure();
        _robot.Cycle.Activate();
    }

    public ControlState State => _robot.Cycle.State;

    /// <summary>Faults put on the buses.</summary>
    public long FaultsInjected => _faults?.Injected ?? 0;

    /// <summary>Cycles in which the arm did not stay active, as after a long stall, and was set going again.</summary>
    public long Fallbacks { get; private set; }

    /// <summary>Moves begun.</summary>
    public long Moves { get; private set; }

    public void Step(long skipped)
    {
        ControlCycle cycle = _robot.Cycle;
        _faults?.Next();
        _robot.Arm.Advance((1 + skipped) * _periodNs);
        if (cycle.Step() != ControlState.Active)
        {
            if (cycle.ClearFault())
                Fallbacks++;
            return;
        }

        _rested = cycle.Reference.Phase == ReferencePhase.Hold ? _rested + _periodNs * 1e-9 : 0.0;
        if (_rested < RestS)
            return;
        _goal = (_goal + 1) % _goals.Length;
        cycle.Setpoints.Post(_goals[_goal]);
        _rested = 0.0;
        Moves++;
    }

    public void Stop() => _robot.Cycle.Deactivate();
}
