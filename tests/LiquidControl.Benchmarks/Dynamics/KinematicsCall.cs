using System.Runtime.InteropServices;
using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>The tool's pose (KDL: ChainFkSolverPos_recursive).</summary>
internal readonly struct KinematicsCall : IDynamicsFunction
{
    public static string Name => "kinematics";

    public static string KdlExport => "kdl_forward_kinematics";

    public static int ResultSize(int jointCount) => 12;

    public static void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result) => MemoryMarshal.Cast<double, Pose>(result)[0] = ForwardKinematics.Tool(model, workspace, q);
}
