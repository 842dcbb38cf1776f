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
        BodyState[] bodies = workspace.Bodies;
        for (int i = 0; i < n; i++)
        {
            ref readonly ChainBody link = ref chain[i];
            ref BodyState body = ref bodies[i];
            link.PoseAt(q[i], ref body.Rotation, ref body.Translation);
            body.Mass = link.Mass;
            body.FirstMoment = link.FirstMoment;
            body.Inertia = link.Inertia;
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ref BodyState body = ref bodies[i];
            if (i > 0)
            {
                Join(ref bodies[i - 1], in body);
            }

            // Momentum of the composite body moving at unit rate about or along the joint's axis, then handed down to every joint below.
            bool prismatic = chain[i].IsPrismatic;
            Vector3 h = body.FirstMoment;
            Vector3 force = prismatic ? new(0, 0, body.Mass) : new(-h.Y, h.X, 0);
            Vector3 moment = prismatic ? new(h.Y, -h.X, 0) : new(body.Inertia.Xz, body.Inertia.Yz, body.Inertia.Zz);
            mass[i * n + i] = (prismatic ? force.Z : moment.Z) + chain[i].Armature;
            for (int j = i; j > 0; j--)
            {
                ref readonly BodyState passed = ref bodies[j];
                force = passed.Rotation * force;
                moment = passed.Rotation * moment + Vector3.Cross(passed.Translation, force);
                double coupling = chain[j - 1].IsPrismatic ? force.Z : moment.Z;
                mass[i * n + j - 1] = coupling;
                mass[(j - 1) * n + i] = coupling;
            }
        }
    }

    private static void Join(ref BodyState parent, in BodyState body)
    {
        Vector3 p = body.Translation;
        Vector3 h = body.Rotation * body.FirstMoment;
        double m = body.Mass;
        SymmetricMatrix3.Rotate(in body.Rotation, in body.Inertia, out SymmetricMatrix3 inertia);

        // Moving the reference point by p: 2 (p·h) 1 - h pᵀ - p hᵀ + m (|p|² 1 - p pᵀ).
        double spread = 2 * Vector3.Dot(p, h) + m * p.NormSquared;
        parent.Inertia.Xx += inertia.Xx + spread - (2 * h.X + m * p.X) * p.X;
        parent.Inertia.Yy += inertia.Yy + spread - (2 * h.Y + m * p.Y) * p.Y;
        parent.Inertia.Zz += inertia.Zz + spread - (2 * h.Z + m * p.Z) * p.Z;
        parent.Inertia.Xy += inertia.Xy - h.X * p.Y - (h.Y + m * p.Y) * p.X;
        parent.Inertia.Xz += inertia.Xz - h.X * p.Z - (h.Z + m * p.Z) * p.X;
        parent.Inertia.Yz += inertia.Yz - h.Y * p.Z - (h.Z + m * p.Z) * p.Y;
        parent.FirstMoment += h + p * m;
        parent.Mass += m;
    }
}
