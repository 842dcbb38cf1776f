using LiquidControl.Control;

namespace LiquidControl.Rig.Campaigns;

/// <summary>Whether a fault of one joint shows: before it does nobody could notice it.</summary>
internal delegate bool FaultShows(ControlCycle cycle, RigArm arm, int joint);

/// <summary>When faults show.</summary>
internal static class Shows
{
    /// <summary>rad; the most an encoder that is wrong may lead the controller astray before it is found out.</summary>
    private const double Astray = 0.100;

    /// <summary>rad; a joint held back by this.</summary>
    private const double Behind = 0.100;

    /// <summary>rad/s.</summary>
    private const double Moving = 0.45;

    /// <summary>Of a motor's largest torque.</summary>
    private const double Amiss = 0.2;

    /// <summary>So much that nothing else that the model does not know can hide it.</summary>
    private const double MuchAmiss = 0.45;

    /// <summary>The joint moves, or was told to and is elsewhere by now than the controller believes. At rest nobody can tell.</summary>
    public static bool IsFrozen(ControlCycle cycle, RigArm arm, int joint) =>
        IsOnTheMove(cycle, arm, joint) || (Math.Abs(cycle.Reference.Now.Velocity[joint]) > 0.1 && IsAstray(cycle, arm, joint));

    /// <summary>The joint is elsewhere than the controller believes.</summary>
    public static bool IsAstray(ControlCycle cycle, RigArm arm, int joint) =>
        Math.Abs(arm.Arm.Plant.Position[joint] - cycle.Estimate.Position[joint]) > Astray;

    public static bool IsOnTheMove(ControlCycle cycle, RigArm arm, int joint) => Math.Abs(arm.Arm.Plant.Velocity[joint]) > Moving;

    /// <summary>The joint does not get where its reference is.</summary>
    public static bool IsBehind(ControlCycle cycle, RigArm arm, int joint) =>
        Math.Abs(arm.Arm.Plant.Position[joint] - cycle.Reference.Now.Position[joint]) > Behind;

    /// <summary>The drive gives another torque than it is told.</summary>
    public static bool IsAmiss(ControlCycle cycle, RigArm arm, int joint) => Missing(cycle, arm, joint) > Amiss;

    /// <summary>Quite another, and the arm has its power.</summary>
    public static bool IsMuchAmiss(ControlCycle cycle, RigArm arm, int joint) => cycle.OutputsOn && Missing(cycle, arm, joint) > MuchAmiss;

    private static double Missing(ControlCycle cycle, RigArm arm, int joint) =>
        Math.Abs(arm.Arm.Plant.DriveTorque[joint] - cycle.Estimate.AppliedTorque[joint]) / arm.Robot.Arm.Limits[joint].Torque;
}
