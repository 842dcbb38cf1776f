using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>The Jacobian at the tool (KDL: ChainJntToJacSolver).</summary>
internal readonly struct JacobianCall : IDynamicsFunction
{
    public static string Name => "Jacobian";

    public static string KdlExport => "kdl_jacobian";

    public static int ResultSize(int jointCount) => 6 * jointCount;

    public static void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result) => GeometricJacobian.Compute(model, workspace, q, result);
}
