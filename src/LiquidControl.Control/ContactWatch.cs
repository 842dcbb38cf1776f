using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// Tells a collision from everything else the model does not know. A payload, wrong masses and friction change what acts on a joint as slowly
/// as its posture; what changes it beyond <see cref="ArmDescription.CollisionTorque"/> within a quarter of a second came from outside. Torque
/// that a drive fails to give, as its motor's current tells, did not.
/// </summary>
public sealed class ContactWatch
{
    /// <summary>What acts on a joint usually is known by a first-order lag of this time, s.</summary>
    private const double Memory = 0.25;

    /// <summary>A collision lasts at least so long, s: an observer that one wrong frame misled is back by then.</summary>
    private const double Patience = 0.006;

    /// <summary>After Reset, a clear and a late cycle the observer needs so long to settle, s; a late loop also let go of the bridges.</summary>
    private const double Settling = 0.200;

    /// <summary>The electronics let go of the bridges of a loop that is this late, s.</summary>
    private const double Late = 0.0095;

    private readonly ArmDescription _arm;
    private readonly double _late;
    private readonly ObserverLag _shortfallLag;
    private readonly double[] _usual;
    private readonly double[] _beyond;
    private double _settling;

    public ContactWatch(ArmDescription arm, ControllerSettings settings)
    {
        _arm = arm;
        _late = Math.Max(Late, 1.9 / arm.Rate);
        _shortfallLag = new ObserverLag(arm.JointCount, settings.ObserverBandwidth);
        _usual = new double[arm.JointCount];
        _beyond = new double[arm.JointCount];
        Reset();
    }

    public void Reset()
    {
        _settling = Settling;
        _shortfallLag.Reset();
        Array.Clear(_usual);
        Array.Clear(_beyond);
    }

    /// <summary>Whether a joint met something; never, where the arm has no bounds for it.</summary>
    public bool Check(RobotState state)
    {
        if (_arm.CollisionTorque.Length == 0)
            return false;
        double dt = Math.Max(state.Interval, 0.0);
        _shortfallLag.Advance(dt, state.TorqueShortfall);
        if (dt > _late)
            _settling = Settling;
        _settling -= dt;
        double share = _settling > 0.0 ? 1.0 : 1.0 - Elementary.Exp(-dt / Memory);
        bool met = false;
        for (int i = 0; i < _usual.Length; i++)
        {
            double unusual = state.DisturbanceTorque[i] - _shortfallLag.Output[i] - _usual[i];
            _usual[i] += share * unusual;
            _beyond[i] = Math.Abs(unusual) > _arm.CollisionTorque[i] && _settling <= 0.0 ? _beyond[i] + dt : 0.0;
            met |= _beyond[i] > Patience;
        }

        return met;
    }
}
