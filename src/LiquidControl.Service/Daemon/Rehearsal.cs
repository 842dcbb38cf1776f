using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// Runs the control cycle through a move, a stop and a clear on an emulated arm before the real one is touched: its code is then in memory,
/// and compiled where a JIT runs it, so that the first cycle of the arm is not late.
/// </summary>
internal static class Rehearsal
{
    private const int Cycles = 60;

    public static void Run(RobotConfiguration robot, ControllerKind kind, CyclePublisher publisher)
    {
        EmulatedArmSide side = new(robot, kind);
        ControlCycle cycle = side.Cycle;
        cycle.Configure();
        cycle.Activate();
        cycle.Setpoints.Post(robot.Arm.Poses.Values.Last());
        Step(side);
        cycle.Requests.Ask(OperatorRequest.Stop);
        Step(side);
        cycle.ClearFault();
        Step(side);
        cycle.Deactivate();
        Step(side);
        publisher.Rehearse(cycle.Ring.Newest(0));
    }

    private static void Step(EmulatedArmSide side)
    {
        for (int i = 0; i < Cycles; i++)
        {
            side.Cycle.Step();
            side.Pass();
        }
    }
}
