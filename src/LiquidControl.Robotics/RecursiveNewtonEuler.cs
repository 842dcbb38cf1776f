using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>Inverse dynamics by the recursive Newton-Euler algorithm (Luh, Walker and Paul 1980), body frames, O(n).</summary>
public static class RecursiveNewtonEuler
{
    /// <summary>tau = M(q) qdd + C(q, qd) qd + g(q), armature included. Spans of length JointCount.</summary>
    public static void InverseDynamics(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd,
        Span<double> tau)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, qd.Length, chain.Length, nameof(qd));
        RigidBodyWorkspace.Require(model, workspace, qdd.Length, chain.Length, nameof(qdd));
        RigidBodyWorkspace.Require(model, workspace, tau.Length, chain.Length, nameof(tau));
        Elementary.SinCos(q, workspace.Sines, workspace.Cosines);
        Outward(model, workspace, q, qd, qdd);
        Inward(chain, workspace.Bodies, qdd, tau);
    }

    /// <summary>The force and moment each body needs for its motion, from base to tool.</summary>
    private static void Outward(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd)
    {
        ChainBody[] chain = model.Chain;
        BodyState[] bodies = workspace.Bodies;
        double[] sines = workspace.Sines, cosines = workspace.Cosines;

        // Gravity enters as an upward acceleration of the base.
        LaneVector3 w = LaneVector3.Zero, alpha = LaneVector3.Zero, a = LaneVector3.Zero - model.ChainGravity;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            JointRotation rotation = link.RotationAt(sines[i], cosines[i]);
            LaneVector3 p = link.TranslationAt(q[i]);
            body.Rotation = rotation;
            body.Translation = p;

            LaneMatrix3 toChild = rotation.ToChild;
            a = toChild * (a + Lanes.Cross(alpha, p) + Lanes.Cross(w, Lanes.Cross(w, p)));
            alpha = toChild * alpha;
            w = toChild * w;
            double rate = qd[i];
            if (link.IsPrismatic)
            {
                a += Lanes.Of(2 * w.Y * rate, -2 * w.X * rate, qdd[i]);
            }
            else
            {
                alpha += Lanes.Of(w.Y * rate, -w.X * rate, qdd[i]);
                w += Lanes.Of(0, 0, rate);
            }

            LaneVector3 h = link.FirstMoment;
            body.Force = a * link.Mass + Lanes.Cross(alpha, h) + Lanes.Cross(w, Lanes.Cross(w, h));
            body.Moment = link.Inertia * alpha + Lanes.Cross(w, link.Inertia * w) + Lanes.Cross(h, a);
        }
    }

    /// <summary>Sums them up from tool to base; each joint's drive provides the part about or along its axis.</summary>
    private static void Inward(ChainBody[] chain, BodyState[] bodies, ReadOnlySpan<double> qdd, Span<double> tau)
    {
        LaneVector3 force = LaneVector3.Zero, moment = LaneVector3.Zero;
        for (int i = chain.Length - 1; i >= 0; i--)
        {
            ref readonly ChainBody link = ref chain[i];
            ref readonly BodyState body = ref bodies[i];
            force += body.Force;
            moment += body.Moment;
            tau[i] = (link.IsPrismatic ? force.Z : moment.Z) + link.Armature * qdd[i];
            LaneMatrix3 toParent = body.Rotation.ToParent;
            force = toParent * force;
            moment = toParent * moment + Lanes.Cross(body.Translation, force);
        }
    }
}
