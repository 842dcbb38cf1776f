using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Training;

namespace LiquidControl.Cli.Daemon;

/// <summary>Judges a motion by the daemon's records, with the metrics of the simulator; what is true there is here what the encoders say.</summary>
internal static class DaemonMoveJudge
{
    public static DaemonMoveReport Judge(ArmDescription arm, double[] goal, CycleTable cycles)
    {
        RigidBodyWorkspace workspace = new(arm.Model);
        Pose Tool(double[] joints) => ForwardKinematics.Tool(arm.Model, workspace, joints);
        Pose wanted = Tool(goal), tool = Tool(cycles.Joints(cycles.Rows[0], "position"));
        MotionMetrics metrics = new(tool, wanted, cycles.Field("duration").Number(cycles.Rows[0].Bytes));
        var elapsed = cycles.Field("elapsed");
        foreach (var row in cycles.Rows)
        {
            tool = Tool(cycles.Joints(row, "position"));
            double[] velocity = cycles.Joints(row, "velocity");
            metrics.Add(elapsed.Number(row.Bytes), tool, Tool(cycles.Joints(row, "reference_position")), velocity, velocity, limitViolated: false);
        }

        var result = metrics.Finish();
        LoopTimes times = new(cycles);
        var limits = cycles.Field("limits");
        string state = cycles.LastWord("state");
        return new(
            result.Success && state == nameof(ControlState.Active), arm.Name, result.FinalErrorMm, result.OrientationErrorMrad, result.PathErrorMm,
            result.SettleMs, cycles.Field("duration").Number(cycles.Rows[0].Bytes), Place(tool), Place(wanted), state, cycles.LastWord("faults"),
            cycles.Rows.Count, times.LateCycles, times.Skipped, times.WakeLateness, times.CycleTime,
            cycles.Rows.Count(row => limits.Whole(row.Bytes) != 0), cycles.Missing);
    }

    private static double[] Place(Pose pose) => [pose.Translation.X, pose.Translation.Y, pose.Translation.Z];
}
