using Xunit;

namespace LiquidControl.Control.Tests;

public class LiquidResidualTests
{
    private const double Dt = 0.002;
    private const double Classical = 7.0;

    private readonly ArmDescription _arm = TestArm.Create();
    private readonly ControllerSettings _settings = new();
    private readonly FakeClock _clock = new();
    private readonly RobotState _state = new(3) { Interval = Dt };
    private readonly JointCommand _command = new(3);
    private readonly ReferenceGenerator _reference;

    public LiquidResidualTests() => _reference = new ReferenceGenerator(_arm.Limits);

    [Fact]
    public void What_the_network_says_is_added_to_the_torque_once_it_has_been_let_rise()
    {
        LiquidResidual residual = Residual(TestPolicy.Constant(_arm, 0.4));
        double last = 0.0;
        for (int k = 0; k < 50; k++)
        {
            Apply(residual);
            Assert.InRange(_command.Residual[0] - last, 0.0, _arm.ResidualBound[0] * Dt / _settings.ResidualRiseTime + 1e-12);
            last = _command.Residual[0];
        }

        // The network computes in float.
        Assert.Equal(0.4f, _command.Residual[1], 1e-12);
        Assert.Equal(Classical + 0.4f, _command.Torque[1], 1e-12);
        Assert.Equal(ResidualFault.None, residual.Watch.Fault);
    }

    [Fact]
    public void A_network_at_its_bound_is_bounded_flagged_after_100_ms_and_gone_50_ms_later()
    {
        // Rises slowly enough not to be called rate-limited first.
        LiquidResidual residual = Residual(TestPolicy.Constant(_arm, 100.0), _settings with { ResidualRiseTime = 0.03 });
        int cycles = 0;
        while (residual.Watch.Fault == ResidualFault.None)
        {
            Apply(residual);
            Assert.All(_command.Residual, torque => Assert.InRange(torque, 0.0, 3.0));
            cycles++;
        }

        Assert.Equal(ResidualFault.AtBound, residual.Watch.Fault);
        Assert.InRange(cycles * Dt, 0.126, 0.134);
        RequireFaded(residual);
    }

    [Fact]
    public void A_chattering_network_is_held_to_its_rate_and_faded()
    {
        LiquidResidual residual = Residual(TestPolicy.Chattering(_arm, 3.0));
        double last = 0.0;
        for (int k = 0; k < 60 && residual.Watch.Fault == ResidualFault.None; k++)
        {
            Apply(residual);
            Assert.InRange(Math.Abs(_command.Residual[0] - last), 0.0, 3.0 * Dt / _settings.ResidualRiseTime + 1e-12);
            last = _command.Residual[0];
        }

        Assert.Equal(ResidualFault.RateLimited, residual.Watch.Fault);
        RequireFaded(residual);
    }

    [Fact]
    public void An_output_that_is_no_number_is_faded_from_the_last_good_one()
    {
        LiquidResidual residual = Residual(TestPolicy.BreaksDownOn(_arm, "position_1", torque: 0.5));
        for (int k = 0; k < 50; k++)
            Apply(residual);
        Assert.Equal(0.5, _command.Residual[0], 1e-12);
        _state.Position[0] = 0.1;
        Apply(residual);
        Assert.Equal(ResidualFault.NotFinite, residual.Watch.Fault);
        Assert.Equal(0.5, _command.Residual[0], 1e-12);
        RequireFaded(residual);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_state_that_is_no_number_is_no_torque(double bad)
    {
        LiquidResidual residual = Residual(TestPolicy.Constant(_arm, 0.5));
        _state.DisturbanceTorque[1] = bad;
        for (int k = 0; k < 60; k++)
        {
            Apply(residual);
            Assert.All(_command.Residual, torque => Assert.InRange(torque, 0.0, 0.5));
        }
    }

    [Theory]
    [InlineData(450_000, ResidualFault.None)]
    [InlineData(550_000, ResidualFault.OverBudget)]
    public void A_network_that_takes_more_than_a_quarter_of_the_period_is_faded(long ns, ResidualFault expected)
    {
        LiquidResidual residual = Residual(TestPolicy.Constant(_arm, 0.5));
        for (int k = 0; k < 50; k++)
            Apply(residual);
        _clock.EachRead = ns;
        Apply(residual);
        Assert.Equal(expected, residual.Watch.Fault);
        Assert.Equal(0.5, _command.Residual[0], 1e-12);
        _clock.EachRead = 0;
        if (expected != ResidualFault.None)
            RequireFaded(residual);
    }

    [Fact]
    public void A_joint_to_which_nothing_may_be_added_gets_nothing_and_faults_nothing()
    {
        ArmDescription arm = _arm with { ResidualBound = [3.0, 0.0, 3.0] };
        var residual = new LiquidResidual(TestPolicy.Constant(arm, 0.5), arm, _settings, _clock);
        for (int k = 0; k < 500; k++)
            Apply(residual);

        // Only the limit of its rate may be noted for that joint, and it is: the network wants what it may not have.
        Assert.Equal(0.0, _command.Residual[1]);
        Assert.Equal(ResidualFault.None, residual.Watch.Fault & ResidualFault.AtBound);
    }

    [Fact]
    public void A_reset_trusts_again_and_it_allocates_nothing()
    {
        LiquidResidual residual = Residual(TestPolicy.Chattering(_arm, 3.0));
        for (int k = 0; k < 200; k++)
            Apply(residual);
        residual.Reset();
        Assert.Equal(ResidualFault.None, residual.Watch.Fault);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
            Apply(residual);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Outputs_that_are_parameters_add_the_torque_they_make_along_the_reference()
    {
        _reference.HoldAt([0.0, 0.7, 0.2]);
        double[] outputs = [0.1, -0.2, 0.05, 0.1, 0, 0, 0, 0, 0, 0, 0.02, -0.03, 0.01];
        LiquidPolicy policy = TestPolicy.Parameters(_arm, outputs);
        LiquidResidual residual = Residual(policy);
        for (int k = 0; k < 100; k++)
        {
            policy.Identified!.Advance(_state, _reference, _command);
            Apply(residual);
        }

        var basis = new ResidualBasis(_arm);
        double[] values = new double[basis.Entries.Count], torque = new double[3];
        basis.Evaluate(policy.Identified!.Identifier.Rows, _reference.AtActuation.Velocity, Dt, values);
        basis.Torque(values, outputs, torque);
        for (int i = 0; i < 3; i++)
            Assert.Equal(torque[i], _command.Residual[i], 1e-6);
        Assert.Contains(torque, value => Math.Abs(value) > 0.05);
    }

    [Fact]
    public void A_network_on_identified_parameters_may_use_three_quarters_of_the_bound_and_both_together_all_of_it()
    {
        double[] outputs = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 100];
        LiquidPolicy policy = TestPolicy.Parameters(_arm, outputs);
        LiquidResidual residual = Residual(policy, _settings with { ResidualRiseTime = 0.03 });
        double most = 0.0;
        for (int k = 0; k < 60; k++)
        {
            Apply(residual);
            most = Math.Max(most, _command.Residual[1]);
        }

        Assert.Equal(0.75 * _arm.ResidualBound[1], most, 1e-9);

        residual.Reset();
        for (int k = 0; k < 60; k++)
        {
            Array.Fill(_command.Residual, 0.9 * _arm.ResidualBound[1]);
            Array.Fill(_command.Torque, Classical + 0.9 * _arm.ResidualBound[1]);
            residual.Apply(_state, _reference, _command);
            Assert.InRange(_command.Residual[1], 0.9 * _arm.ResidualBound[1], _arm.ResidualBound[1]);
            Assert.Equal(Classical + _command.Residual[1], _command.Torque[1], 1e-12);
        }
    }

    private LiquidResidual Residual(LiquidPolicy policy, ControllerSettings? settings = null) => new(policy, _arm, settings ?? _settings, _clock);

    private void Apply(LiquidResidual residual)
    {
        Array.Fill(_command.Torque, Classical);
        Array.Clear(_command.Residual);
        residual.Apply(_state, _reference, _command);
    }

    private void RequireFaded(LiquidResidual residual)
    {
        double last = double.PositiveInfinity;
        for (int k = 0; k < 26; k++)
        {
            Apply(residual);
            Assert.True(Math.Abs(_command.Residual[0]) <= last);
            last = Math.Abs(_command.Residual[0]) + 3.0 * Dt / _settings.ResidualRiseTime;
        }

        Assert.All(_command.Residual, torque => Assert.Equal(0.0, torque));
        Assert.All(_command.Torque, torque => Assert.Equal(Classical, torque));
    }

    private sealed class FakeClock : IClock
    {
        private long _now;

        /// <summary>What the clock moves on by when it is looked at, ns.</summary>
        public long EachRead { get; set; }

        public long NowNs => _now += EachRead;
    }
}
