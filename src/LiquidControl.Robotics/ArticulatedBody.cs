using LiquidControl.Numerics;

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

    /// <summary>
    /// The same for other torques and another diagonal at the q and qd of the call before, which has been with this model and workspace and
    /// is the last one with this workspace. Spares what depends on these alone, a good quarter.
    /// </summary>
    public static void ForwardDynamicsAgain(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> tau, ReadOnlySpan<double> diagonal, Span<double> qdd)
    {
        int n = model.JointCount;
        RigidBodyWorkspace.Require(model, workspace, tau.Length, n, nameof(tau));
        RigidBodyWorkspace.Require(model, workspace, diagonal.Length, n, nameof(diagonal));
        RigidBodyWorkspace.Require(model, workspace, qdd.Length, n, nameof(qdd));
        Inward(model.Chain, workspace.Bodies, tau, diagonal);
        Accelerate(model, workspace.Bodies, qdd);
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
        Elementary.SinCos(q, workspace.Sines, workspace.Cosines);
        Outward(chain, workspace, q, qd);
        Inward(chain, workspace.Bodies, tau, diagonal);
        Accelerate(model, workspace.Bodies, qdd);
    }

    /// <summary>Velocity-product accelerations, and the force and moment of each body's rotation, from base to tool.</summary>
    private static void Outward(ChainBody[] chain, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd)
    {
        BodyState[] bodies = workspace.Bodies;
        double[] sines = workspace.Sines, cosines = workspace.Cosines;
        LaneVector3 w = LaneVector3.Zero;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            JointRotation rotation = link.RotationAt(sines[i], cosines[i]);
            LaneVector3 p = link.TranslationAt(q[i]);
            body.Rotation = rotation;
            body.Translation = p;

            LaneMatrix3 toChild = rotation.ToChild;
            LaneVector3 centripetal = toChild * Lanes.Cross(w, Lanes.Cross(w, p));
            w = toChild * w;
            double rate = qd[i];
            LaneVector3 turning = Lanes.Of(w.Y * rate, -w.X * rate, 0);
            if (link.IsPrismatic)
            {
                body.AngularBias = LaneVector3.Zero;
                body.LinearBias = centripetal + turning * 2;
            }
            else
            {
                body.AngularBias = turning;
                body.LinearBias = centripetal;
                w += Lanes.Of(0, 0, rate);
            }

            body.Force = Lanes.Cross(w, Lanes.Cross(w, link.FirstMoment));
            body.Moment = Lanes.Cross(w, link.Inertia * w);
        }
    }

    /// <summary>Articulated inertias, from tool to base: of each body what its joint's acceleration will be found from.</summary>
    private static void Inward(ChainBody[] chain, BodyState[] bodies, ReadOnlySpan<double> tau, ReadOnlySpan<double> diagonal)
    {
        ArticulatedInertia inertia = default;
        for (int i = chain.Length - 1; i >= 0; i--)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            inertia.Add(in link, in body);
            double added = link.Armature + (diagonal.IsEmpty ? 0 : diagonal[i]);
            if (link.IsPrismatic)
            {
                body.AxisMoment = inertia.Coupling.Transpose.Z;
                body.AxisForce = inertia.Linear.Z;
                body.InverseAxisInertia = 1 / (inertia.Linear.Z.Z + added);
                body.AxisTorque = tau[i] - inertia.Force.Z;
            }
            else
            {
                body.AxisMoment = inertia.Angular.Z;
                body.AxisForce = inertia.Coupling.Z;
                body.InverseAxisInertia = 1 / (inertia.Angular.Z.Z + added);
                body.AxisTorque = tau[i] - inertia.Moment.Z;
            }

            if (i > 0)
            {
                inertia.FreeAxis(in body);
                inertia.MoveToParent(in body);
            }
        }
    }

    /// <summary>Accelerations, from base to tool; gravity enters as an upward acceleration of the base.</summary>
    private static void Accelerate(RigidBodyModel model, BodyState[] bodies, Span<double> qdd)
    {
        ChainBody[] chain = model.Chain;
        LaneVector3 alpha = LaneVector3.Zero, a = LaneVector3.Zero - model.ChainGravity;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly BodyState body = ref bodies[i];
            LaneMatrix3 toChild = body.Rotation.ToChild;
            a = toChild * (a + Lanes.Cross(alpha, body.Translation)) + body.LinearBias;
            alpha = toChild * alpha + body.AngularBias;
            double left = body.AxisTorque - Lanes.Dot(body.AxisMoment, alpha) - Lanes.Dot(body.AxisForce, a);
            double acceleration = left * body.InverseAxisInertia;
            qdd[i] = acceleration;
            LaneVector3 along = Lanes.Of(0, 0, acceleration);
            if (chain[i].IsPrismatic)
            {
                a += along;
            }
            else
            {
                alpha += along;
            }
        }
    }
}
