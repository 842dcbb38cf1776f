using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>An axis-aligned box in the base frame, m.</summary>
public readonly record struct WorkspaceBox(Vector3 Min, Vector3 Max)
{
    public bool Contains(in Vector3 p) =>
        p.X >= Min.X && p.X <= Max.X && p.Y >= Min.Y && p.Y <= Max.Y && p.Z >= Min.Z && p.Z <= Max.Z;
}
