using LiquidControl.Control;
using LiquidControl.Robotics;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>
/// Writes down what a policy sees in an episode and what it should have said. Residual: the true inverse dynamics and friction along the
/// reference minus the model's. End to end: the torque that the true dynamics need to follow the reference with the classical error law.
/// </summary>
public sealed class PolicyRecorder : IMotionObserver
{
    private readonly PolicyRole _role;
    private readonly ArmDescription _believed;
    private readonly Plant _plant;
    private readonly double _bandwidth;
    private readonly PolicyFeatures _features;
    private readonly RigidBodyWorkspace _believedWorkspace;
    private readonly RigidBodyWorkspace _trueWorkspace;
    private readonly double[] _row;
    private readonly double[] _trueTorque;
    private readonly double[] _modelTorque;
    private readonly double[] _friction;
    private readonly double[] _acceleration;
    private readonly FollowedJoint[] _followed;
    private readonly ResidualBasis _basis;
    private readonly IdentifiedTorque? _identified;
    private readonly double[] _basisRow;
    private readonly List<float> _inputs = [];
    private readonly List<float> _targets = [];
    private readonly List<float> _timespans = [];
    private readonly List<float> _basisValues = [];

    public PolicyRecorder(PolicyRole role, ArmEpisode episode)
    {
        int n = episode.Believed.JointCount;
        _role = role;
        _believed = episode.Believed;
        _plant = episode.Arm.Plant;
        _bandwidth = episode.Settings.TrackingBandwidth;
        _identified = role == PolicyRole.Residual ? new IdentifiedTorque(_believed, episode.Settings) : null;
        _features = new PolicyFeatures(_believed, _identified?.Identifier);
        _believedWorkspace = new RigidBodyWorkspace(_believed.Model);
        _trueWorkspace = new RigidBodyWorkspace(_plant.Parameters.Model);
        _row = new double[_features.Count];
        _trueTorque = new double[n];
        _modelTorque = new double[n];
        _friction = new double[n];
        _acceleration = new double[n];
        _basis = new ResidualBasis(_believed);
        _basisRow = new double[_basis.Entries.Count];
        _followed = [.. Enumerable.Range(0, n).Select(joint => new FollowedJoint(_plant.Parameters, joint))];
    }

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        _identified?.Advance(cycle.Estimate, cycle.Reference, cycle.Command);
        _features.Write(cycle.Estimate, cycle.Reference, cycle.Command, _row);
        foreach (double value in _row)
            _inputs.Add((float)value);
        if (_role == PolicyRole.Residual)
            LabelResidual(cycle.Reference.AtActuation, cycle.Estimate.Interval);
        else
            LabelTorque(cycle.Reference.AtActuation);
        foreach (double value in _trueTorque)
            _targets.Add((float)value);
        _timespans.Add((float)cycle.Estimate.Interval);
    }

    public TrainingSequence ToSequence() =>
        new([.. _inputs], [.. _targets], [.. _timespans], null, _role == PolicyRole.Residual ? [.. _basisValues] : null);

    private void LabelResidual(JointReference reference, double interval)
    {
        ReadOnlySpan<double> acceleration = _identified!.Acceleration;
        RecursiveNewtonEuler.InverseDynamics(
            _plant.Parameters.Model, _trueWorkspace, reference.Position, reference.Velocity, acceleration, _trueTorque);
        for (int i = 0; i < _trueTorque.Length; i++)
            _trueTorque[i] += _followed[i].Follow(reference.Position[i], reference.Velocity[i], interval);
        RecursiveNewtonEuler.InverseDynamics(
            _believed.Model, _believedWorkspace, reference.Position, reference.Velocity, acceleration, _modelTorque);
        FrictionFeedforward.Torque(_believed.Friction, reference.Velocity, _friction);
        _basis.Evaluate(_identified.Identifier.Rows, reference.Velocity, interval, _basisRow);
        foreach (double value in _basisRow)
            _basisValues.Add((float)value);
        for (int i = 0; i < _trueTorque.Length; i++)
            _trueTorque[i] -= _modelTorque[i] + _friction[i] + _basis.Offset[i] + _identified.Torque[i];
    }

    private void LabelTorque(JointReference reference)
    {
        for (int i = 0; i < _acceleration.Length; i++)
        {
            double error = reference.Position[i] - _plant.Position[i], rate = reference.Velocity[i] - _plant.Velocity[i];
            _acceleration[i] = reference.Acceleration[i] + _bandwidth * _bandwidth * error + 2.0 * _bandwidth * rate;
        }

        TrueTorque(_plant.Position, _plant.Velocity, _acceleration, reference.Velocity);
    }

    private void TrueTorque(
        ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, ReadOnlySpan<double> frictionVelocity)
    {
        RecursiveNewtonEuler.InverseDynamics(_plant.Parameters.Model, _trueWorkspace, q, qd, qdd, _trueTorque);
        FrictionFeedforward.Torque(_plant.Parameters.Friction, frictionVelocity, _friction);
        for (int i = 0; i < _trueTorque.Length; i++)
            _trueTorque[i] += _friction[i];
    }
}
