using Xunit;

namespace LiquidControl.Control.Tests;

public class AppliedTorqueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_torque_acts_after_its_delay(int delay)
    {
        var applied = new AppliedTorque(1, lag: 0.0, delay);
        for (int k = 0; k < 10; k++)
        {
            applied.Written([k + 1.0], [0.0], [0.0]);
            applied.Advance(0.002);
            Assert.Equal(k >= delay ? k + 1.0 - delay : 0.0, applied.Torque[0]);
        }
    }

    [Fact]
    public void The_lag_follows_the_exponential_and_its_mean()
    {
        const double lag = 0.003, dt = 0.002;
        var applied = new AppliedTorque(1, lag, 0);
        applied.Written([10.0], [0.0], [0.0]);
        applied.Advance(dt);

        // Mean of 10 (1 - exp(-t / lag)) over [0, dt].
        double mean = 10.0 * (1.0 - lag / dt * (1.0 - Math.Exp(-dt / lag)));
        Assert.Equal(mean, applied.Torque[0], 1e-12);
    }

    [Fact]
    public void Residual_and_friction_feedforward_are_not_expected_to_accelerate_the_model()
    {
        var applied = new AppliedTorque(1, 0.0, 0);
        applied.Written([5.0], [1.5], [0.5]);
        applied.Advance(0.002);
        Assert.Equal(5.0, applied.Torque[0]);
        Assert.Equal(3.0, applied.Expected[0]);
    }
}
