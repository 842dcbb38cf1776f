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
        Vector3 w = Vector3.Zero, alpha = Vector3.Zero, a = -model.ChainGravity;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            JointRotation rotation = link.RotationAt(sines[i], cosines[i]);
            Vector3 p = link.TranslationAt(q[i]);
            body.Rotation = rotation;
            body.Translation = p;

            a = rotation.ToChild(a + Vector3.Cross(alpha, p) + Vector3.Cross(w, Vector3.Cross(w, p)));
            alpha = rotation.ToChild(alpha);
            w = rotation.ToChild(w);
            double rate = qd[i];
            if (link.IsPrismatic)
            {
                a = new(a.X + 2 * w.Y * rate, a.Y - 2 * w.X * rate, a.Z + qdd[i]);
            }
            else
            {
                alpha = new(alpha.X + w.Y * rate, alpha.Y - w.X * rate, alpha.Z + qdd[i]);
                w = new(w.X, w.Y, w.Z + rate);
            }

            Vector3 h = link.FirstMoment;
            body.Force = a * link.Mass + Vector3.Cross(alpha, h) + Vector3.Cross(w, Vector3.Cross(w, h));
            body.Moment = link.Inertia * alpha + Vector3.Cross(w, link.Inertia * w) + Vector3.Cross(h, a);
        }
    }

    /// <summary>Sums them up from tool to base; each joint's drive provides the part about or along its axis.</summary>
    private static void Inward(ChainBody[] chain, BodyState[] bodies, ReadOnlySpan<double> qdd, Span<double> tau)
    {
        Vector3 force = Vector3.Zero, moment = Vector3.Zero;
        for (int i = chain.Length - 1; i >= 0; i--)
        {
            ref readonly ChainBody link = ref chain[i];
            ref readonly BodyState body = ref bodies[i];
            force += body.Force;
            moment += body.Moment;
            tau[i] = (link.IsPrismatic ? force.Z : moment.Z) + link.Armature * qdd[i];
            force = body.Rotation.ToParent(force);
            moment = body.Rotation.ToParent(moment) + Vector3.Cross(body.Translation, force);
        }
    }
}
