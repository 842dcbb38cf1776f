using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>Mass matrix by the composite rigid body algorithm (Featherstone, Rigid Body Dynamics Algorithms, 2008, table 6.2).</summary>
public static class CompositeRigidBody
{
    /// <summary>Row-major JointCount x JointCount mass matrix, armature on the diagonal.</summary>
    public static void MassMatrix(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<double> mass)
    {
        ChainBody[] chain = model.Chain;
        int n = chain.Length;
        RigidBodyWorkspace.Require(model, workspace, q.Length, n, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, mass.Length, n * n, nameof(mass));
        Elementary.SinCos(q, workspace.Sines, workspace.Cosines);
        BodyState[] bodies = workspace.Bodies;
        CompositeInertia composite = default;
        for (int i = n - 1; i >= 0; i--)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            composite.Add(in link);

            // Momentum of the composite body moving at unit rate along or about the joint's axis: it is handed down to every joint below.
            LaneVector3 h = composite.FirstMoment;
            body.Force = link.IsPrismatic ? Lanes.Of(0, 0, composite.Mass) : Lanes.Of(-h.Y, h.X, 0);
            body.Moment = link.IsPrismatic ? Lanes.Of(h.Y, -h.X, 0) : composite.Inertia.Z;
            mass[i * n + i] = (link.IsPrismatic ? composite.Mass : composite.Inertia.Z.Z) + link.Armature;
            if (i == 0)
            {
                break;
            }

            JointRotation rotation = link.RotationAt(workspace.Sines[i], workspace.Cosines[i]);
            LaneMatrix3 toParent = rotation.ToParent;
            LaneVector3 p = link.TranslationAt(q[i]);
            composite.MoveToParent(in rotation, in toParent, p);
            for (int j = i; j < n; j++)
            {
                ref BodyState beyond = ref bodies[j];
                LaneVector3 force = toParent * beyond.Force;
                LaneVector3 moment = toParent * beyond.Moment + Lanes.Cross(p, force);
                beyond.Force = force;
                beyond.Moment = moment;
                double coupling = chain[i - 1].IsPrismatic ? force.Z : moment.Z;
                mass[j * n + i - 1] = coupling;
                mass[(i - 1) * n + j] = coupling;
            }
        }
    }
}
