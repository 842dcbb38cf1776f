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

            // Momentum of the composite body moving at unit rate about or along the joint's axis: it is handed down to every joint below.
            composite.AlongAxis(link.IsPrismatic, out body.Moment, out body.Force);
            mass[i * n + i] = (link.IsPrismatic ? body.Force.Z : body.Moment.Z) + link.Armature;
            if (i > 0)
            {
                JointRotation rotation = link.RotationAt(workspace.Sines[i], workspace.Cosines[i]);
                Vector3 translation = link.TranslationAt(q[i]);
                composite.MoveToParent(in rotation, in translation);
                for (int j = i; j < n; j++)
                {
                    ref BodyState beyond = ref bodies[j];
                    Vector3 force = rotation.ToParent(beyond.Force);
                    Vector3 moment = rotation.ToParent(beyond.Moment) + Vector3.Cross(translation, force);
                    beyond.Force = force;
                    beyond.Moment = moment;
                    double coupling = chain[i - 1].IsPrismatic ? force.Z : moment.Z;
                    mass[j * n + i - 1] = coupling;
                    mass[(i - 1) * n + j] = coupling;
                }
            }
        }
    }
}
