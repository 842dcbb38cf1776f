namespace LiquidControl.Robotics;

/// <summary>
/// Forward dynamics by the articulated body algorithm (Featherstone, Rigid Body Dynamics Algorithms, 2008, table 7.1), body frames, O(n).
/// </summary>
public static class ArticulatedBody
{
    /// <summary>qdd under joint torques tau, armature included. Spans of length JointCount.</summary>
    public static void ForwardDynamics(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> tau,
        Span<double> qdd) =>
        Solve(model, workspace, q, qd, tau, default, qdd);

    /// <summary>
    /// The same with <paramref name="diagonal"/> added to the mass matrix's diagonal: what a semi-implicit step needs for damping that acts
    /// within the step.
    /// </summary>
    public static void ForwardDynamics(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> tau,
        ReadOnlySpan<double> diagonal, Span<double> qdd)
    {
        RigidBodyWorkspace.Require(model, workspace, diagonal.Length, model.JointCount, nameof(diagonal));
        Solve(model, workspace, q, qd, tau, diagonal, qdd);
    }

    private static void Solve(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> tau,
        ReadOnlySpan<double> diagonal, Span<double> qdd)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, qd.Length, chain.Length, nameof(qd));
        RigidBodyWorkspace.Require(model, workspace, tau.Length, chain.Length, nameof(tau));
        RigidBodyWorkspace.Require(model, workspace, qdd.Length, chain.Length, nameof(qdd));
        BodyState[] bodies = workspace.Bodies;
        Outward(chain, bodies, q, qd);
        for (int i = chain.Length - 1; i >= 0; i--)
        {
            ref BodyState body = ref bodies[i];
            double added = chain[i].Armature + (diagonal.IsEmpty ? 0 : diagonal[i]);
            if (chain[i].IsPrismatic)
            {
                body.AxisMoment = body.Coupling.Column3;
                body.AxisForce = new(body.LinearInertia.Xz, body.LinearInertia.Yz, body.LinearInertia.Zz);
                body.AxisInertia = body.LinearInertia.Zz + added;
                body.AxisTorque = tau[i] - body.Force.Z;
            }
            else
            {
                body.AxisMoment = new(body.Inertia.Xz, body.Inertia.Yz, body.Inertia.Zz);
                body.AxisForce = new(body.Coupling.M31, body.Coupling.M32, body.Coupling.M33);
                body.AxisInertia = body.Inertia.Zz + added;
                body.AxisTorque = tau[i] - body.Moment.Z;
            }

            if (i > 0)
            {
                ArticulatedInertia.FreeAxis(ref body);
                ArticulatedInertia.AddToParent(in body, ref bodies[i - 1]);
            }
        }

        Vector3 alpha = Vector3.Zero, a = -model.Gravity;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly BodyState body = ref bodies[i];
            a = Matrix3.TransposeTimes(body.Rotation, a + Vector3.Cross(alpha, body.Translation)) + body.LinearBias;
            alpha = Matrix3.TransposeTimes(body.Rotation, alpha) + body.AngularBias;
            double left = body.AxisTorque - Vector3.Dot(body.AxisMoment, alpha) - Vector3.Dot(body.AxisForce, a);
            double acceleration = left / body.AxisInertia;
            qdd[i] = acceleration;
            if (chain[i].IsPrismatic)
            {
                a = new(a.X, a.Y, a.Z + acceleration);
            }
            else
            {
                alpha = new(alpha.X, alpha.Y, alpha.Z + acceleration);
            }
        }
    }

    /// <summary>Velocities, velocity-product accelerations and forces, and each body's own inertia, from base to tool.</summary>
    private static void Outward(ChainBody[] chain, BodyState[] bodies, ReadOnlySpan<double> q, ReadOnlySpan<double> qd)
    {
        Vector3 w = Vector3.Zero, v = Vector3.Zero;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            link.PoseAt(q[i], ref body.Rotation, ref body.Translation);
            v = Matrix3.TransposeTimes(body.Rotation, v + Vector3.Cross(w, body.Translation));
            w = Matrix3.TransposeTimes(body.Rotation, w);
            double rate = qd[i];
            if (link.IsPrismatic)
            {
                body.AngularBias = Vector3.Zero;
                body.LinearBias = new(w.Y * rate, -w.X * rate, 0);
                v = new(v.X, v.Y, v.Z + rate);
            }
            else
            {
                body.AngularBias = new(w.Y * rate, -w.X * rate, 0);
                body.LinearBias = new(v.Y * rate, -v.X * rate, 0);
                w = new(w.X, w.Y, w.Z + rate);
            }

            Vector3 h = link.FirstMoment;
            double m = link.Mass;
            Vector3 momentum = v * m + Vector3.Cross(w, h);
            Vector3 angularMomentum = link.Inertia * w + Vector3.Cross(h, v);
            body.Force = Vector3.Cross(w, momentum);
            body.Moment = Vector3.Cross(w, angularMomentum) + Vector3.Cross(v, momentum);
            body.Inertia = link.Inertia;
            body.Coupling = new(0, -h.Z, h.Y, h.Z, 0, -h.X, -h.Y, h.X, 0);
            body.LinearInertia.Xx = m;
            body.LinearInertia.Xy = 0;
            body.LinearInertia.Xz = 0;
            body.LinearInertia.Yy = m;
            body.LinearInertia.Yz = 0;
            body.LinearInertia.Zz = m;
        }
    }
}
