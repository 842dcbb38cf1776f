namespace LiquidControl.Robotics;

/// <summary>A vector in three dimensions, or a point. Operators +, -, scalar *, Cross, Dot, Norm. (Being written.)</summary>
public readonly record struct Vector3(double X, double Y, double Z);

/// <summary>A 3x3 matrix, row-major fields; rotations and inertia tensors. (Being written.)</summary>
public readonly record struct Matrix3(
    double M11, double M12, double M13, double M21, double M22, double M23, double M31, double M32, double M33);

/// <summary>A rigid transform: p_parent = Rotation * p_child + Translation. (Being written.)</summary>
public readonly record struct Pose(Matrix3 Rotation, Vector3 Translation);
