using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>Where the tool centre point really is: for metrics, never for control.</summary>
public sealed class TaskSpaceTruth(Plant plant)
{
    /// <summary>In the base frame.</summary>
    public Pose Tool => plant.Tool;

    /// <summary>Distance of the tool centre point to a point of the base frame, m.</summary>
    public double DistanceTo(in Vector3 point) => (Tool.Translation - point).Norm;

    /// <summary>Angle of the rotation from the tool to an orientation, rad, 0 to π.</summary>
    public double AngleTo(in Matrix3 orientation) => Matrix3.RotationAngle(Tool.Rotation, orientation);
}
