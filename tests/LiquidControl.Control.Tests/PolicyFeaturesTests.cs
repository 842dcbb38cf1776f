using Xunit;

namespace LiquidControl.Control.Tests;

public class PolicyFeaturesTests
{
    private readonly ArmDescription _arm = TestArm.Create();
    private readonly RobotState _state = new(3) { Interval = 0.002, FreshPart = 0.5 };
    private readonly JointCommand _command = new(3);
    private readonly ReferenceGenerator _reference;

    public PolicyFeaturesTests()
    {
        _reference = new ReferenceGenerator(_arm.Limits);
        _reference.HoldAt([0.1, 0.2, 0.3]);
        _reference.MoveTo([1.0, -0.4, 0.6]);
        for (int k = 0; k < 100; k++)
            _reference.Advance(0.002, 0.003);
        for (int i = 0; i < 3; i++)
        {
            _state.Position[i] = 0.11 * (i + 1);
            _state.Velocity[i] = 0.21 * (i + 1);
            _state.PositionAtActuation[i] = 0.31 * (i + 1);
            _state.DisturbanceTorque[i] = 0.41 * (i + 1);
            _state.AppliedTorque[i] = 0.51 * (i + 1);
            _state.Innovation[i] = 0.61 * (i + 1);
            _command.Acceleration[i] = 0.71 * (i + 1);
        }
    }

    [Fact]
    public void Every_feature_has_a_name_of_its_own_and_a_unit()
    {
        var features = new PolicyFeatures(_arm);
        Assert.Equal(11 * 3 + 4, features.Count);
        Assert.Equal(features.Count, features.Names.Distinct().Count());
        Assert.Equal(features.Count, features.Units.Length);
        Assert.All(features.Names, name => Assert.Matches("^[a-z_]+(_[1-3])?$", name));
    }

    [Theory]
    [InlineData("position_2", 0.22)]
    [InlineData("velocity_3", 0.63)]
    [InlineData("goal_distance_1", 0.89)]
    [InlineData("commanded_acceleration_2", 1.42)]
    [InlineData("disturbance_torque_3", 0.41)]
    [InlineData("innovation_1", 0.61)]
    [InlineData("applied_torque_2", 0.051)]
    [InlineData("fresh_part", 0.5)]
    [InlineData("interval", 0.002)]
    public void A_name_says_what_its_number_is(string name, double value) => Assert.Equal(value, Values()[Index(name)], 1e-12);

    [Fact]
    public void Reference_features_are_those_at_the_time_of_actuation()
    {
        double[] values = Values();
        JointReference now = _reference.AtActuation;
        Assert.NotEqual(0.0, now.Velocity[1]);
        Assert.Equal(now.Velocity[1], values[Index("reference_velocity_2")]);
        Assert.Equal(now.Acceleration[1], values[Index("reference_acceleration_2")]);
        Assert.Equal(now.Position[1] - 0.62, values[Index("tracking_error_2")], 1e-12);
        Assert.Equal(Math.Tanh(now.Velocity[1] / 0.05), values[Index("reference_direction_2")], 1e-12);
        Assert.Equal(_reference.Elapsed / _reference.Duration, values[Index("progress")], 1e-12);
        Assert.Equal(_reference.Duration, values[Index("duration")]);
    }

    [Fact]
    public void They_do_not_see_what_the_network_or_the_law_asks_of_the_drives_in_this_cycle()
    {
        double[] before = Values();
        Array.Fill(_command.Torque, 5.0);
        Array.Fill(_command.Residual, -2.0);
        Array.Fill(_command.Friction, 0.7);
        Array.Fill(_command.ExpectedAcceleration, 9.0);
        Assert.Equal(before, Values());
    }

    [Fact]
    public void A_joint_without_residual_gives_finite_numbers()
    {
        double[] values = Values(_arm with { ResidualBound = [0.0, 0.0, 0.0] });
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Writing_them_allocates_nothing()
    {
        var features = new PolicyFeatures(_arm);
        double[] values = new double[features.Count];
        features.Write(_state, _reference, _command, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
            features.Write(_state, _reference, _command, values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private int Index(string name) => Array.IndexOf(new PolicyFeatures(_arm).Names, name);

    private double[] Values(ArmDescription? arm = null)
    {
        var features = new PolicyFeatures(arm ?? _arm);
        double[] values = new double[features.Count];
        features.Write(_state, _reference, _command, values);
        return values;
    }
}
