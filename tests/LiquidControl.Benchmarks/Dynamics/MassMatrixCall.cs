using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Composite rigid bodies on both sides (KDL: ChainDynParam::JntToMass).</summary>
internal readonly struct MassMatrixCall : IDynamicsFunction
{
    public static string Name => "mass matrix";

    public static string KdlExport => "kdl_mass_matrix";

    public static int ResultSize(int jointCount) => jointCount * jointCount;

    public static void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result) => CompositeRigidBody.MassMatrix(model, workspace, q, result);
}
