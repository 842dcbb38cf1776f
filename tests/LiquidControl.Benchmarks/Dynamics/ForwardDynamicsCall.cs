using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Accelerations under torques: ours by articulated bodies, KDL's by mass matrix and factorisation (ChainFdSolver_RNE).</summary>
internal readonly struct ForwardDynamicsCall : IDynamicsFunction
{
    public static string Name => "forward dynamics";

    public static string KdlExport => "kdl_forward_dynamics";

    public static int ResultSize(int jointCount) => jointCount;

    public static void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result) => ArticulatedBody.ForwardDynamics(model, workspace, q, qd, third, result);
}
