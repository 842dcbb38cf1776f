using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// The sliding friction of 1 N·m of Coulomb friction on a joint that follows a reference exactly. Where the direction turns the joint first
/// bends its bristles, a damped spring, and the torque builds up over that path (Dupont, Hayward, Armstrong, Altpeter 2002).
/// </summary>
internal struct PreslidingDirection(JointFriction friction)
{
    /// <summary>How far the bristles bend before the joint slides, rad, and their damping over stiffness, s: typical of geared drives.</summary>
    private const double Path = 1e-3, Retardation = 0.01;

    private const double LongestStep = 1e-3;

    private readonly JointFriction _unit = friction with { Coulomb = 1.0, Viscous = 0.0 };
    private double _torque;

    public void Reset() => _torque = 0.0;

    public double Follow(double velocity, double dt)
    {
        double sliding = _unit.SlidingForce(velocity), stiffness = _unit.SlidingForce(0.0) / Path;
        int steps = Math.Max(1, (int)Math.Ceiling(dt / LongestStep - 1e-9));
        double h = dt / steps, total = 0.0;
        for (int k = 0; k < steps; k++)
        {
            total = Math.Clamp(_torque + stiffness * (h + Retardation) * velocity, -sliding, sliding);
            _torque += h * (total - _torque) / (h + Retardation);
        }

        return total;
    }
}
