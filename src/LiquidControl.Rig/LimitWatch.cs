using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Numerics;

namespace LiquidControl.Rig;

/// <summary>Whether the plant keeps within the limits of its joints and their margins, as long as its bridges are on; each joint is told once.</summary>
internal sealed class LimitWatch(ArmDescription arm, RigOutcome outcome)
{
    /// <summary>
    /// A velocity is a mean by a first-order lag of this time, s, that of the controller's observer: a flange that weighs little rattles in the
    /// play of its gear and rings on its shaft, microradians at a time, and that is no motion.
    /// </summary>
    private const double Rattle = 0.008;

    private readonly bool[] _told = new bool[arm.JointCount];
    private readonly double[] _velocity = new double[arm.JointCount];
    private double _time;
    private bool _wasOn;
    private bool _fell;

    /// <summary>What is beyond its limit; null for nothing.</summary>
    public string? Exceeded(in RigMoment moment)
    {
        // Where an arm comes to lie that fell, and how it is picked up, is not for the limits to say.
        double share = 1.0 - Elementary.Exp((_time - moment.PlantTime) / Rattle);
        _time = moment.PlantTime;
        for (int i = 0; i < _velocity.Length; i++)
            _velocity[i] += share * (moment.Velocity[i] - _velocity[i]);
        _fell |= _wasOn && !moment.BridgesEnabled;
        _wasOn |= moment.BridgesEnabled;
        if (_fell)
            return null;
        for (int i = 0; i < _told.Length; i++)
        {
            double q = moment.Position[i], v = _velocity[i];
            bool within = q <= arm.Limits[i].Upper + outcome.PositionMargin && q >= arm.Limits[i].Lower - outcome.PositionMargin
                && Math.Abs(v) <= (1.0 + outcome.VelocityMargin) * arm.Limits[i].Velocity;
            if (within || _told[i])
                continue;
            _told[i] = true;
            return string.Create(CultureInfo.InvariantCulture, $"joint {i + 1} beyond its limits: at {q:F4} rad, {v:F3} rad/s, in the state {moment.State}");
        }

        return null;
    }
}
