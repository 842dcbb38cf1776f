using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// The torque that the identified parameters add to the classical one: bounded, rate-limited and watched like a network's.
/// </summary>
public sealed class RegressorResidual
{
    /// <summary>Feedback passes a lag of this time, s: the residual's limit on its rate is not for the velocity's noise.</summary>
    private const double FeedbackLag = 0.020;

    /// <summary>A load too heavy for the bound is no fault of the estimate: it asks for this part of the bound at most.</summary>
    private const double BoundPart = 0.98;

    private readonly BoundedResidual _bounded;
    private readonly double[] _bound;
    private readonly double[] _feedback;
    private readonly double[] _acceleration;
    private readonly double[] _torque;

    public RegressorResidual(ArmDescription arm, ControllerSettings settings)
    {
        Identifier = new RegressorIdentifier(arm, settings);
        _bounded = new BoundedResidual(arm, settings);
        _bound = arm.ResidualBound;
        _feedback = new double[arm.JointCount];
        _acceleration = new double[arm.JointCount];
        _torque = new double[arm.JointCount];
    }

    public RegressorIdentifier Identifier { get; }

    public ResidualWatch Watch => _bounded.Watch;

    /// <summary>Back to the prior, and trusted again.</summary>
    public void Reset()
    {
        Identifier.Reset();
        _bounded.Reset();
        Array.Clear(_feedback);
    }

    /// <summary>Learns from the state, then adds the residual to the command's torque.</summary>
    public void Apply(RobotState state, ReferenceGenerator reference, JointCommand command)
    {
        Identifier.Observe(state, reference.Now);
        if (_bounded.IsTrusted)
            Predict(state.Interval, reference.AtActuation, command);
        _bounded.Add(_torque, state.Interval, command);
    }

    /// <summary>Along the reference, with the acceleration that the law asks for: feedback needs the right inertia, too.</summary>
    private void Predict(double dt, JointReference reference, JointCommand command)
    {
        double share = 1.0 - Elementary.Exp(-dt / FeedbackLag);
        for (int i = 0; i < _feedback.Length; i++)
        {
            _feedback[i] += share * (command.Acceleration[i] - reference.Acceleration[i] - _feedback[i]);
            _acceleration[i] = reference.Acceleration[i] + _feedback[i];
        }

        if (!Identifier.Torque(reference.Position, reference.Velocity, _acceleration, _torque))
        {
            _bounded.Refuse(_torque);
            return;
        }

        for (int i = 0; i < _torque.Length; i++)
            _torque[i] = Math.Clamp(_torque[i], -BoundPart * _bound[i], BoundPart * _bound[i]);
    }
}
