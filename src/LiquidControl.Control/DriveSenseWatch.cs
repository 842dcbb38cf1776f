using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// Finds a drive that works against what it is told: its motor's wires are exchanged. What then seems to act from outside is twice the torque
/// the drive was told to give, and follows it: their regression is 2. Of an obstacle it is 1, for that gives back what it is pushed with, of a
/// push or a payload 0.
/// </summary>
public sealed class DriveSenseWatch
{
    /// <summary>Means go back by a first-order lag of this time, s.</summary>
    private const double Memory = 0.030;

    private const double LeastSlope = 1.5;

    /// <summary>Of the squared correlation.</summary>
    private const double LeastCorrelation = 0.8;

    /// <summary>The torque must have varied by this part of its limit, standard deviation.</summary>
    private const double LeastVariation = 0.08;

    /// <summary>s.</summary>
    private const double Patience = 0.006;

    private readonly ArmDescription _arm;
    private readonly ObserverLag _told;
    private readonly double[] _meanTold;
    private readonly double[] _meanFelt;
    private readonly double[] _told2;
    private readonly double[] _felt2;
    private readonly double[] _both;
    private readonly double[] _reversedFor;

    public DriveSenseWatch(ArmDescription arm, ControllerSettings settings)
    {
        _arm = arm;
        _told = new ObserverLag(arm.JointCount, settings.ObserverBandwidth);
        _meanTold = new double[arm.JointCount];
        _meanFelt = new double[arm.JointCount];
        _told2 = new double[arm.JointCount];
        _felt2 = new double[arm.JointCount];
        _both = new double[arm.JointCount];
        _reversedFor = new double[arm.JointCount];
    }

    public void Reset()
    {
        _told.Reset();
        Array.Clear(_meanTold);
        Array.Clear(_meanFelt);
        Array.Clear(_told2);
        Array.Clear(_felt2);
        Array.Clear(_both);
        Array.Clear(_reversedFor);
    }

    /// <summary>Whether a drive works the other way.</summary>
    public bool Check(RobotState state)
    {
        double dt = Math.Clamp(state.Interval, 0.0, Memory);
        double share = 1.0 - Elementary.Exp(-dt / Memory);
        _told.Advance(dt, state.AppliedTorque);
        bool reversed = false;
        for (int i = 0; i < _meanTold.Length; i++)
        {
            double told = _told.Output[i] - _meanTold[i], felt = state.DisturbanceTorque[i] - _meanFelt[i];
            _meanTold[i] += share * told;
            _meanFelt[i] += share * felt;

            // West's update of weighted variances: Communications of the ACM 22 (1979).
            _told2[i] = (1.0 - share) * (_told2[i] + share * told * told);
            _felt2[i] = (1.0 - share) * (_felt2[i] + share * felt * felt);
            _both[i] = (1.0 - share) * (_both[i] + share * told * felt);
            double least = LeastVariation * _arm.Limits[i].Torque;
            bool against = _told2[i] > least * least && _both[i] > LeastSlope * _told2[i]
                && _both[i] * _both[i] > LeastCorrelation * _told2[i] * _felt2[i];
            _reversedFor[i] = against ? _reversedFor[i] + dt : 0.0;
            reversed |= _reversedFor[i] > Patience;
        }

        return reversed;
    }
}
