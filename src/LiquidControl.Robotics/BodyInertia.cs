namespace LiquidControl.Robotics;

/// <summary>
/// Mass (kg), centre of mass in the body frame (m), rotational inertia about the centre of mass in the body frame's axes (kg·m²).
/// </summary>
public readonly record struct BodyInertia(double Mass, Vector3 CenterOfMass, Matrix3 Inertia)
{
    /// <summary>No mass at all, as of a link without an inertial.</summary>
    public static BodyInertia None => default;

    public bool IsFinite => double.IsFinite(Mass) && CenterOfMass.IsFinite && Inertia.IsFinite;

    /// <summary>A mass without extent at a point of the body frame.</summary>
    public static BodyInertia PointMass(double mass, in Vector3 at) => new(mass, at, default);

    /// <summary>The same body described in the frame in which its own frame has this pose.</summary>
    public BodyInertia SeenFrom(in Pose pose) =>
        new(Mass, pose * CenterOfMass, pose.Rotation * Inertia * pose.Rotation.Transpose);

    public BodyInertia Scaled(double scale) => new(Mass * scale, CenterOfMass, Inertia * scale);

    /// <summary>Two bodies of one frame rigidly joined (parallel axis theorem about the common centre of mass).</summary>
    public static BodyInertia operator +(in BodyInertia a, in BodyInertia b)
    {
        double mass = a.Mass + b.Mass;
        if (mass <= 0)
        {
            return new(mass, Vector3.Zero, a.Inertia + b.Inertia);
        }

        Vector3 center = (a.CenterOfMass * a.Mass + b.CenterOfMass * b.Mass) * (1 / mass);
        return new(mass, center, a.InertiaAbout(center) + b.InertiaAbout(center));
    }

    /// <summary>Rotational inertia about a point of the body frame, in the body frame's axes (kg·m²).</summary>
    public Matrix3 InertiaAbout(in Vector3 point)
    {
        (double x, double y, double z) = CenterOfMass - point;
        return Inertia + new Matrix3(
            y * y + z * z, -x * y, -x * z,
            -x * y, x * x + z * z, -y * z,
            -x * z, -y * z, x * x + y * y) * Mass;
    }
}
