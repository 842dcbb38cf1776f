using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// The torque that identified parameters add to the model's along the reference, with the acceleration that the law asks for: feedback needs
/// the right inertia, too.
/// </summary>
public sealed class IdentifiedTorque
{
    /// <summary>Feedback passes a lag of this time, s: the residual's limit on its rate is not for the velocity's noise.</summary>
    private const double FeedbackLag = 0.020;

    private readonly double[] _feedback;
    private readonly double[] _acceleration;
    private readonly double[] _torque;

    public IdentifiedTorque(ArmDescription arm, ControllerSettings settings)
    {
        Identifier = new RegressorIdentifier(arm, settings);
        _feedback = new double[arm.JointCount];
        _acceleration = new double[arm.JointCount];
        _torque = new double[arm.JointCount];
    }

    public RegressorIdentifier Identifier { get; }

    /// <summary>The accelerations it was computed for, rad/s².</summary>
    public ReadOnlySpan<double> Acceleration => _acceleration;

    /// <summary>One a joint, N·m.</summary>
    public ReadOnlySpan<double> Torque => _torque;

    /// <summary>Back to the prior.</summary>
    public void Reset()
    {
        Identifier.Reset();
        Array.Clear(_feedback);
        Array.Clear(_torque);
    }

    /// <summary>Learns from the state, then predicts; call once a cycle, after the law. False when the torque is no number.</summary>
    public bool Advance(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        Identifier.Observe(state, reference.Now);
        JointReference ahead = reference.AtActuation;
        double share = 1.0 - Elementary.Exp(-state.Interval / FeedbackLag);
        for (int i = 0; i < _feedback.Length; i++)
        {
            _feedback[i] += share * (command.Acceleration[i] - ahead.Acceleration[i] - _feedback[i]);
            _acceleration[i] = ahead.Acceleration[i] + _feedback[i];
        }

        return Identifier.Torque(ahead.Position, ahead.Velocity, _acceleration, _torque);
    }
}
