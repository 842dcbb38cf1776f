using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// The torque that each joint needs and the arm's model does not explain, N·m: a mean over the last moments of what seems to act from outside.
/// A motor that gives half of what its current should, a payload nobody told of and a gear that runs dry look the same from here; the observer
/// makes up for each.
/// </summary>
internal sealed class UnexplainedTorque
{
    /// <summary>Of the mean, a first-order lag, s.</summary>
    private const double Memory = 0.200;

    /// <summary>Parts of a joint's limit: it is much above the first, and until it is under the second.</summary>
    private const double Much = 0.25, Little = 0.15;

    private readonly double[] _limit;
    private readonly double[] _mean;
    private readonly bool[] _isMuch;

    public UnexplainedTorque(ArmDescription arm)
    {
        _limit = [.. arm.Limits.Select(limit => limit.Torque)];
        _mean = new double[_limit.Length];
        _isMuch = new bool[_limit.Length];
    }

    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Whether it is much at any joint.</summary>
    public bool IsMuch { get; private set; }

    public void Reset()
    {
        Array.Clear(_mean);
        Array.Clear(_isMuch);
        IsMuch = false;
    }

    /// <summary>Takes in a cycle of <paramref name="dt"/>, s. Without power gravity alone acts, and says nothing.</summary>
    public void Note(RobotState state, double dt, bool outputsOn)
    {
        double share = 1.0 - Elementary.Exp(-dt / Memory);
        IsMuch = false;
        for (int i = 0; i < _mean.Length; i++)
        {
            double torque = outputsOn ? state.DisturbanceTorque[i] : 0.0;
            _mean[i] += share * (torque - _mean[i]);
            _isMuch[i] = Math.Abs(_mean[i]) > (_isMuch[i] ? Little : Much) * _limit[i];
            IsMuch |= _isMuch[i];
        }
    }
}
