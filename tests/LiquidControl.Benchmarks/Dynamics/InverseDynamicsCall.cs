using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Torques for an acceleration: recursive Newton-Euler on both sides (KDL: ChainIdSolver_RNE).</summary>
internal readonly struct InverseDynamicsCall : IDynamicsFunction
{
    public static string Name => "inverse dynamics";

    public static string KdlExport => "kdl_inverse_dynamics";

    public static int ResultSize(int jointCount) => jointCount;

    public static void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result) => RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, third, result);
}
