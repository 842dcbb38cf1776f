namespace LiquidControl.Robotics;

/// <summary>
/// The inertia a body seems to have when everything beyond it may move: moment = I α + H a, force = Hᵀ α + M a
/// (Featherstone, Rigid Body Dynamics Algorithms, 2008, sections 7.2 and 7.3).
/// </summary>
internal static class ArticulatedInertia
{
    /// <summary>
    /// Takes out the direction in which the body's own joint is free, and adds to its bias force what the joint passes on.
    /// </summary>
    public static void FreeAxis(ref BodyState body)
    {
        double inverse = 1 / body.AxisInertia;
        Vector3 n = body.AxisMoment, f = body.AxisForce;
        Vector3 ns = n * inverse, fs = f * inverse;

        ref SymmetricMatrix3 angular = ref body.Inertia;
        angular.Xx -= n.X * ns.X;
        angular.Xy -= n.X * ns.Y;
        angular.Xz -= n.X * ns.Z;
        angular.Yy -= n.Y * ns.Y;
        angular.Yz -= n.Y * ns.Z;
        angular.Zz -= n.Z * ns.Z;

        ref SymmetricMatrix3 linear = ref body.LinearInertia;
        linear.Xx -= f.X * fs.X;
        linear.Xy -= f.X * fs.Y;
        linear.Xz -= f.X * fs.Z;
        linear.Yy -= f.Y * fs.Y;
        linear.Yz -= f.Y * fs.Z;
        linear.Zz -= f.Z * fs.Z;

        Matrix3 h = body.Coupling;
        body.Coupling = new(
            h.M11 - n.X * fs.X, h.M12 - n.X * fs.Y, h.M13 - n.X * fs.Z,
            h.M21 - n.Y * fs.X, h.M22 - n.Y * fs.Y, h.M23 - n.Y * fs.Z,
            h.M31 - n.Z * fs.X, h.M32 - n.Z * fs.Y, h.M33 - n.Z * fs.Z);

        body.Moment += angular * body.AngularBias + body.Coupling * body.LinearBias + ns * body.AxisTorque;
        body.Force += Matrix3.TransposeTimes(body.Coupling, body.AngularBias) + linear * body.LinearBias + fs * body.AxisTorque;
    }

    /// <summary>Adds a body's articulated inertia and bias force to its parent's, seen from the parent's frame.</summary>
    public static void AddToParent(in BodyState body, ref BodyState parent)
    {
        ref readonly Matrix3 r = ref body.Rotation;
        Vector3 p = body.Translation;
        SymmetricMatrix3.Rotate(in r, in body.LinearInertia, out SymmetricMatrix3 m);
        SymmetricMatrix3.Rotate(in r, in body.Inertia, out SymmetricMatrix3 angular);
        Matrix3 c = r * body.Coupling * r.Transpose;
        Vector3 h1 = new(c.M11, c.M12, c.M13), h2 = new(c.M21, c.M22, c.M23), h3 = new(c.M31, c.M32, c.M33);

        // With P = p×: H' = H + P M, rows g; I' = I - H P + P H'ᵀ, of which the upper half is kept.
        Vector3 g1 = new(h1.X + p.Y * m.Xz - p.Z * m.Xy, h1.Y + p.Y * m.Yz - p.Z * m.Yy, h1.Z + p.Y * m.Zz - p.Z * m.Yz);
        Vector3 g2 = new(h2.X + p.Z * m.Xx - p.X * m.Xz, h2.Y + p.Z * m.Xy - p.X * m.Yz, h2.Z + p.Z * m.Xz - p.X * m.Zz);
        Vector3 g3 = new(h3.X + p.X * m.Xy - p.Y * m.Xx, h3.Y + p.X * m.Yy - p.Y * m.Xy, h3.Z + p.X * m.Yz - p.Y * m.Xz);
        parent.Coupling = new(
            parent.Coupling.M11 + g1.X, parent.Coupling.M12 + g1.Y, parent.Coupling.M13 + g1.Z,
            parent.Coupling.M21 + g2.X, parent.Coupling.M22 + g2.Y, parent.Coupling.M23 + g2.Z,
            parent.Coupling.M31 + g3.X, parent.Coupling.M32 + g3.Y, parent.Coupling.M33 + g3.Z);

        parent.Inertia.Xx += angular.Xx + p.Y * (h1.Z + g1.Z) - p.Z * (h1.Y + g1.Y);
        parent.Inertia.Xy += angular.Xy + p.Z * h1.X - p.X * h1.Z + p.Y * g2.Z - p.Z * g2.Y;
        parent.Inertia.Xz += angular.Xz + p.X * h1.Y - p.Y * h1.X + p.Y * g3.Z - p.Z * g3.Y;
        parent.Inertia.Yy += angular.Yy + p.Z * (h2.X + g2.X) - p.X * (h2.Z + g2.Z);
        parent.Inertia.Yz += angular.Yz + p.X * h2.Y - p.Y * h2.X + p.Z * g3.X - p.X * g3.Z;
        parent.Inertia.Zz += angular.Zz + p.X * (h3.Y + g3.Y) - p.Y * (h3.X + g3.X);

        parent.LinearInertia.Xx += m.Xx;
        parent.LinearInertia.Xy += m.Xy;
        parent.LinearInertia.Xz += m.Xz;
        parent.LinearInertia.Yy += m.Yy;
        parent.LinearInertia.Yz += m.Yz;
        parent.LinearInertia.Zz += m.Zz;

        Vector3 force = r * body.Force;
        parent.Force += force;
        parent.Moment += r * body.Moment + Vector3.Cross(p, force);
    }
}
