using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>
/// The inertia a body seems to have when everything beyond it may move, and the force that keeps it from accelerating:
/// moment = Angular α + Coupling a + Moment, force = Couplingᵀ α + Linear a + Force
/// (Featherstone, Rigid Body Dynamics Algorithms, 2008, sections 7.2 and 7.3).
/// </summary>
internal struct ArticulatedInertia
{
    public SymmetricMatrix3 Angular;
    public Matrix3 Coupling;
    public SymmetricMatrix3 Linear;
    public Vector3 Moment;
    public Vector3 Force;

    /// <summary>Joins a rigid body of this frame and the force and moment of its rotation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in ChainBody link, in BodyState body)
    {
        Vector3 h = link.FirstMoment;
        Angular += link.Inertia;
        Matrix3 c = Coupling;
        Coupling = new(c.M11, c.M12 - h.Z, c.M13 + h.Y, c.M21 + h.Z, c.M22, c.M23 - h.X, c.M31 - h.Y, c.M32 + h.X, c.M33);
        Linear.Xx += link.Mass;
        Linear.Yy += link.Mass;
        Linear.Zz += link.Mass;
        Moment += body.Moment;
        Force += body.Force;
    }

    /// <summary>
    /// Takes out the direction in which the body's own joint is free, and adds to the force what the joint passes on.
    /// </summary>
    public void FreeAxis(in BodyState body)
    {
        Vector3 n = body.AxisMoment, f = body.AxisForce;
        Vector3 ns = n * body.InverseAxisInertia, fs = f * body.InverseAxisInertia;
        SymmetricMatrix3 angular = SymmetricMatrix3.MinusOuter(in Angular, n, ns);
        SymmetricMatrix3 linear = SymmetricMatrix3.MinusOuter(in Linear, f, fs);
        Matrix3 h = Coupling;
        h = new(
            h.M11 - n.X * fs.X, h.M12 - n.X * fs.Y, h.M13 - n.X * fs.Z,
            h.M21 - n.Y * fs.X, h.M22 - n.Y * fs.Y, h.M23 - n.Y * fs.Z,
            h.M31 - n.Z * fs.X, h.M32 - n.Z * fs.Y, h.M33 - n.Z * fs.Z);
        Moment += angular * body.AngularBias + h * body.LinearBias + ns * body.AxisTorque;
        Force += Matrix3.TransposeTimes(h, body.AngularBias) + linear * body.LinearBias + fs * body.AxisTorque;
        Angular = angular;
        Coupling = h;
        Linear = linear;
    }

    /// <summary>The same seen from the frame before the body's.</summary>
    public void MoveToParent(in BodyState body)
    {
        JointRotation r = body.Rotation;
        Vector3 p = body.Translation;
        SymmetricMatrix3 m = r.ToParent(Linear);
        Matrix3 h = r.ToParent(Coupling);

        // With P = p×: H' = H + P M; I' = I - H P + P H'ᵀ, of which the upper half is kept.
        Matrix3 g = new(
            h.M11 + p.Y * m.Xz - p.Z * m.Xy, h.M12 + p.Y * m.Yz - p.Z * m.Yy, h.M13 + p.Y * m.Zz - p.Z * m.Yz,
            h.M21 + p.Z * m.Xx - p.X * m.Xz, h.M22 + p.Z * m.Xy - p.X * m.Yz, h.M23 + p.Z * m.Xz - p.X * m.Zz,
            h.M31 + p.X * m.Xy - p.Y * m.Xx, h.M32 + p.X * m.Yy - p.Y * m.Xy, h.M33 + p.X * m.Yz - p.Y * m.Xz);
        SymmetricMatrix3 i = r.ToParent(Angular);
        Angular.Xx = i.Xx + p.Y * (h.M13 + g.M13) - p.Z * (h.M12 + g.M12);
        Angular.Xy = i.Xy + p.Z * h.M11 - p.X * h.M13 + p.Y * g.M23 - p.Z * g.M22;
        Angular.Xz = i.Xz + p.X * h.M12 - p.Y * h.M11 + p.Y * g.M33 - p.Z * g.M32;
        Angular.Yy = i.Yy + p.Z * (h.M21 + g.M21) - p.X * (h.M23 + g.M23);
        Angular.Yz = i.Yz + p.X * h.M22 - p.Y * h.M21 + p.Z * g.M31 - p.X * g.M33;
        Angular.Zz = i.Zz + p.X * (h.M32 + g.M32) - p.Y * (h.M31 + g.M31);
        Coupling = g;
        Linear = m;
        Force = r.ToParent(Force);
        Moment = r.ToParent(Moment) + Vector3.Cross(p, Force);
    }
}
