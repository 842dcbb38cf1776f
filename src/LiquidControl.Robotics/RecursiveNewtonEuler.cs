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
        BodyState[] bodies = workspace.Bodies;

        // Gravity enters as an upward acceleration of the base.
        Vector3 w = Vector3.Zero, alpha = Vector3.Zero, a = -model.Gravity;
        for (int i = 0; i < chain.Length; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            link.PoseAt(q[i], ref body.Rotation, ref body.Translation);

            Vector3 origin = a + Vector3.Cross(alpha, body.Translation) + Vector3.Cross(w, Vector3.Cross(w, body.Translation));
            a = Matrix3.TransposeTimes(body.Rotation, origin);
            alpha = Matrix3.TransposeTimes(body.Rotation, alpha);
            w = Matrix3.TransposeTimes(body.Rotation, w);
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

            body.Force = a * link.Mass + Vector3.Cross(alpha, link.FirstMoment) + Vector3.Cross(w, Vector3.Cross(w, link.FirstMoment));
            body.Moment = link.Inertia * alpha + Vector3.Cross(w, link.Inertia * w) + Vector3.Cross(link.FirstMoment, a);
        }

        for (int i = chain.Length - 1; i >= 0; i--)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            tau[i] = (link.IsPrismatic ? body.Force.Z : body.Moment.Z) + link.Armature * qdd[i];
            if (i > 0)
            {
                ref BodyState parent = ref bodies[i - 1];
                Vector3 force = body.Rotation * body.Force;
                parent.Force += force;
                parent.Moment += body.Rotation * body.Moment + Vector3.Cross(body.Translation, force);
            }
        }
    }
}
