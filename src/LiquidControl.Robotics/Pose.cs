namespace LiquidControl.Robotics;

/// <summary>A rigid transform: p_parent = Rotation * p_child + Translation (m).</summary>
public readonly record struct Pose(Matrix3 Rotation, Vector3 Translation)
{
    public static Pose Identity => new(Matrix3.Identity, Vector3.Zero);

    public Pose Inverse
    {
        get
        {
            Matrix3 transpose = Rotation.Transpose;
            return new(transpose, -(transpose * Translation));
        }
    }

    public bool IsFinite => Rotation.IsFinite && Translation.IsFinite;

    /// <summary>The child's child in the parent: first <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Pose operator *(in Pose a, in Pose b) => new(a.Rotation * b.Rotation, a.Rotation * b.Translation + a.Translation);

    /// <summary>A point of the child in the parent.</summary>
    public static Vector3 operator *(in Pose a, in Vector3 point) => a.Rotation * point + a.Translation;

    public override string ToString() => $"{Translation} {Rotation}";
}
