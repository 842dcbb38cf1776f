using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class ControlLawTests
{
    private const double W = 30.0;

    private readonly ArmDescription _arm = TestArm.Create(lag: 0.0);
    private readonly ControllerSettings _settings = new() { TrackingBandwidth = W };
    private readonly RobotState _state = new(3) { Interval = 0.002 };
    private readonly JointReference _reference = new(3);
    private readonly JointCommand _command = new(3);

    public ControlLawTests() => Draw(new RandomStream(3));

    [Theory]
    [InlineData(ControllerKind.Ct)]
    [InlineData(ControllerKind.CtEso)]
    [InlineData(ControllerKind.CtI)]
    [InlineData(ControllerKind.Liquid)]
    [InlineData(ControllerKind.EndToEnd)]
    public void On_a_perfect_model_the_error_obeys_the_stated_equation(ControllerKind kind)
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            Draw(new RandomStream(seed));
            var law = new ControlLaw(_arm, _settings with { IntegralGain = 0.0 });
            law.Compute(kind, _state, _reference, _command);
            double[] acceleration = AccelerationUnderCommand();
            for (int i = 0; i < 3; i++)
            {
                double e = _reference.Position[i] - _state.PositionAtActuation[i], rate = _reference.Velocity[i] - _state.VelocityAtActuation[i];
                double second = _reference.Acceleration[i] - acceleration[i];
                Assert.True(Math.Abs(second + 2.0 * W * rate + W * W * e) < 1e-6, $"{kind}, seed {seed}, joint {i}");
                Assert.Equal(acceleration[i], _command.Acceleration[i], 1e-6);
                Assert.Equal(_command.Acceleration[i], _command.ExpectedAcceleration[i]);
                Assert.Equal(0.0, _command.Residual[i]);
            }
        }
    }

    [Fact]
    public void An_error_dies_out_as_the_closed_solution_says()
    {
        const double dt = 1e-4, e0 = 0.05;
        var law = new ControlLaw(_arm, _settings);
        var workspace = new RigidBodyWorkspace(_arm.Model);
        double[] q = [0.4 - e0, 0.7, -0.3], qd = new double[3], acceleration = new double[3];
        new[] { 0.4, 0.7, -0.3 }.CopyTo(_reference.Position, 0);
        Array.Clear(_reference.Velocity);
        Array.Clear(_reference.Acceleration);
        for (int k = 0; k < 1500; k++)
        {
            double t = k * dt;
            Assert.Equal(e0 * (1.0 + W * t) * Math.Exp(-W * t), 0.4 - q[0], 2e-4);
            Assert.Equal(0.7, q[1], 1e-6);
            q.CopyTo(_state.PositionAtActuation, 0);
            qd.CopyTo(_state.VelocityAtActuation, 0);
            law.Compute(ControllerKind.Ct, _state, _reference, _command);
            ArticulatedBody.ForwardDynamics(_arm.Model, workspace, q, qd, _command.Torque, acceleration);
            for (int i = 0; i < 3; i++)
            {
                q[i] += dt * qd[i] + 0.5 * dt * dt * acceleration[i];
                qd[i] += dt * acceleration[i];
            }
        }
    }

    [Theory]
    [InlineData(ControllerKind.CtEso, true)]
    [InlineData(ControllerKind.Liquid, true)]
    [InlineData(ControllerKind.Ct, false)]
    [InlineData(ControllerKind.CtI, false)]
    [InlineData(ControllerKind.EndToEnd, false)]
    public void Only_the_observers_kinds_cancel_the_disturbance_and_never_beyond_the_bound(ControllerKind kind, bool cancels)
    {
        double[] disturbance = [4.0, -7.0, 1e9];
        double[] without = [.. Accelerations(kind)];
        disturbance.CopyTo(_state.Disturbance, 0);
        double[] with = Accelerations(kind);
        for (int i = 0; i < 3; i++)
            Assert.Equal(cancels ? -Math.Min(disturbance[i], _settings.CompensationLimit) : 0.0, with[i] - without[i], 1e-6);
    }

    [Fact]
    public void The_integrator_adds_up_the_error_to_its_bound_and_is_emptied_by_a_reset()
    {
        var law = new ControlLaw(_arm, _settings);
        law.Compute(ControllerKind.Ct, _state, _reference, _command);
        double plain = _command.Acceleration[0];
        double error = _reference.Position[0] - _state.PositionAtActuation[0];
        for (int k = 0; k < 10; k++)
            law.Compute(ControllerKind.CtI, _state, _reference, _command);
        Assert.Equal(10 * _settings.IntegralGain * error * _state.Interval, _command.Acceleration[0] - plain, 1e-9);
        for (int k = 0; k < 100_000; k++)
            law.Compute(ControllerKind.CtI, _state, _reference, _command);
        Assert.Equal(_settings.CompensationLimit, Math.Abs(_command.Acceleration[0] - plain), 1e-9);

        law.Reset();
        _state.Interval = 0.0;
        law.Compute(ControllerKind.CtI, _state, _reference, _command);
        Assert.Equal(plain, _command.Acceleration[0], 1e-12);
    }

    [Fact]
    public void Pd_is_gravity_plus_gains_times_the_mean_inertia_of_the_poses()
    {
        ArmDescription arm = _arm with { Poses = new Dictionary<string, double[]> { ["up"] = [0, 0, 0], ["bent"] = [0.5, 1.0, 1.2] } };
        var workspace = new RigidBodyWorkspace(arm.Model);
        double[] gravity = new double[3], zero = new double[3], up = new double[9], bent = new double[9];
        RecursiveNewtonEuler.InverseDynamics(arm.Model, workspace, _state.PositionAtActuation, zero, zero, gravity);
        CompositeRigidBody.MassMatrix(arm.Model, workspace, [0, 0, 0], up);
        CompositeRigidBody.MassMatrix(arm.Model, workspace, [0.5, 1.0, 1.2], bent);
        new ControlLaw(arm, _settings).Compute(ControllerKind.Pd, _state, _reference, _command);
        for (int i = 0; i < 3; i++)
        {
            double e = _reference.Position[i] - _state.PositionAtActuation[i], rate = _reference.Velocity[i] - _state.VelocityAtActuation[i];
            double inertia = 0.5 * (up[4 * i] + bent[4 * i]);
            Assert.Equal(gravity[i] + inertia * (W * W * e + 2.0 * W * rate), _command.Torque[i], 1e-9);
            Assert.Equal(0.0, _command.Friction[i]);
        }
    }

    private double[] Accelerations(ControllerKind kind)
    {
        new ControlLaw(_arm, _settings).Compute(kind, _state, _reference, _command);
        return AccelerationUnderCommand();
    }

    private double[] AccelerationUnderCommand()
    {
        double[] torque = [.. _command.Torque.Select((t, i) => t - _command.Friction[i])], acceleration = new double[3];
        ArticulatedBody.ForwardDynamics(
            _arm.Model, new RigidBodyWorkspace(_arm.Model), _state.PositionAtActuation, _state.VelocityAtActuation, torque, acceleration);
        return acceleration;
    }

    private void Draw(RandomStream random)
    {
        for (int i = 0; i < 3; i++)
        {
            _state.PositionAtActuation[i] = random.Uniform(-2, 2);
            _state.VelocityAtActuation[i] = random.Uniform(-1, 1);
            _reference.Position[i] = _state.PositionAtActuation[i] + random.Uniform(-0.1, 0.1);
            _reference.Velocity[i] = random.Uniform(-1, 1);
            _reference.Acceleration[i] = random.Uniform(-5, 5);
        }
    }
}
