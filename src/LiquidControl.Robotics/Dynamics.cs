namespace LiquidControl.Robotics;

public static class RecursiveNewtonEuler
{
    /// <summary>tau = M(q) qdd + C(q, qd) qd + g(q), armature included. Spans of length JointCount.</summary>
    public static void InverseDynamics(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, Span<double> tau) => throw new NotImplementedException();
}

public static class CompositeRigidBody
{
    /// <summary>Row-major JointCount x JointCount mass matrix, armature on the diagonal.</summary>
    public static void MassMatrix(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<double> mass) => throw new NotImplementedException();
}

public static class ArticulatedBody
{
    /// <summary>qdd under joint torques tau, armature included.</summary>
    public static void ForwardDynamics(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> tau, Span<double> qdd) => throw new NotImplementedException();

    /// <summary>The same with <paramref name="diagonal"/> added to the mass matrix's diagonal: what a semi-implicit step needs for damping that acts within the step.</summary>
    public static void ForwardDynamics(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> tau, ReadOnlySpan<double> diagonal, Span<double> qdd) => throw new NotImplementedException();
}

public static class ForwardKinematics
{
    /// <summary>Pose of the tool centre point in the base frame.</summary>
    public static Pose Tool(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q) => throw new NotImplementedException();
}

public static class GeometricJacobian
{
    /// <summary>Row-major 6 x JointCount at the tool centre point: rows 0-2 linear, 3-5 angular, base frame.</summary>
    public static void Compute(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<double> jacobian) => throw new NotImplementedException();
}
