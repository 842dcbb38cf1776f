using Xunit;

namespace LiquidControl.Control.Tests;

public class RegressorResidualTests
{
    private const double Dt = 0.002;
    private const double Classical = 7.0;

    private readonly ArmDescription _arm = TestArm.Create();
    private readonly RobotState _state = new(3) { Interval = Dt, FreshPart = 1.0 };
    private readonly JointCommand _command = new(3);
    private readonly ReferenceGenerator _reference;
    private readonly RegressorResidual _residual;

    public RegressorResidualTests()
    {
        _reference = new ReferenceGenerator(_arm.Limits);
        _residual = new RegressorResidual(_arm, new ControllerSettings());
        _state.Position[1] = 0.8;
        _reference.HoldAt(_state.Position);
        _state.Velocity[1] = 0.5;
        Array.Fill(_state.DisturbanceTorque, 0.6);
    }

    [Fact]
    public void What_was_learned_is_added_to_the_torque_within_bound_and_rate()
    {
        double last = 0.0;
        for (int k = 0; k < 500; k++)
        {
            Apply();
            for (int i = 0; i < 3; i++)
                Assert.Equal(Classical + _command.Residual[i], _command.Torque[i]);
            Assert.InRange(Math.Abs(_command.Residual[1] - last), 0.0, _arm.ResidualBound[1] * Dt / new ControllerSettings().ResidualRiseTime + 1e-12);
            last = _command.Residual[1];
        }

        Assert.NotEqual(0.0, last);
        Assert.Equal(ResidualFault.None, _residual.Watch.Fault);
    }

    [Fact]
    public void A_cycle_without_all_frames_teaches_nothing()
    {
        _state.FreshPart = 2.0 / 3.0;
        for (int k = 0; k < 500; k++)
            Apply();
        RequirePrior();
        _state.FreshPart = 1.0;
        Apply();
        Assert.NotEqual(0.0, _residual.Identifier.Payload);
    }

    [Fact]
    public void A_start_teaches_nothing_until_the_observer_has_forgotten_what_was_before()
    {
        for (int k = 0; k < 99; k++)
            Apply();
        RequirePrior();
        for (int k = 0; k < 3; k++)
            Apply();
        Assert.NotEqual(0.0, _residual.Identifier.Payload);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_disturbance_that_is_no_number_is_refused_and_a_motion_that_is_none_resets_to_the_prior(double bad)
    {
        for (int k = 0; k < 200; k++)
            Apply();
        _state.DisturbanceTorque[1] = bad;
        for (int k = 0; k < 10; k++)
            Apply();
        Assert.True(double.IsFinite(_residual.Identifier.Payload) && _residual.Identifier.Payload != 0.0);
        _state.Velocity[2] = bad;
        Apply();
        RequirePrior();
        Assert.All(_command.Torque, torque => Assert.True(double.IsFinite(torque)));
        _state.Velocity[2] = 0.0;
        _state.DisturbanceTorque[1] = 0.6;
        for (int k = 0; k < 200; k++)
            Apply();
        Assert.True(double.IsFinite(_residual.Identifier.Payload) && _residual.Identifier.Payload != 0.0);
    }

    [Fact]
    public void A_reset_forgets_repeats_bit_for_bit_and_it_allocates_nothing()
    {
        double first = LastAfter(300);
        _residual.Reset();
        RequirePrior();
        long before = GC.GetAllocatedBytesForCurrentThread();
        double second = LastAfter(300);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(first, second);
    }

    private double LastAfter(int cycles)
    {
        for (int k = 0; k < cycles; k++)
            Apply();
        return _command.Residual[1];
    }

    private void RequirePrior()
    {
        foreach (double parameter in _residual.Identifier.Parameters)
            Assert.Equal(0.0, parameter);
    }

    private void Apply()
    {
        Array.Fill(_command.Torque, Classical);
        Array.Clear(_command.Residual);
        _residual.Apply(_state, _reference, _command);
    }
}
