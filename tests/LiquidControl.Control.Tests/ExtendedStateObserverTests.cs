using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class ExtendedStateObserverTests
{
    private const double Bandwidth = 90.0;

    [Fact]
    public void A_constant_unexplained_acceleration_is_found_exactly()
    {
        var observer = new ExtendedStateObserver();
        observer.Reset(0.3);
        const double dt = 0.002, disturbance = 4.0;
        double position = 0.3, velocity = 0.0;
        for (int k = 0; k < 1000; k++)
        {
            position += dt * velocity + 0.5 * dt * dt * disturbance;
            velocity += dt * disturbance;
            observer.Predict(dt, 0.0);
            observer.Correct(position - observer.Position, Bandwidth);
        }

        Assert.Equal(disturbance, observer.Disturbance, 1e-6);
        Assert.Equal(velocity, observer.Velocity, 1e-6);
        Assert.Equal(position, observer.Position, 1e-9);
    }

    [Fact]
    public void Missing_samples_and_irregular_periods_neither_bias_nor_destabilise_it()
    {
        var random = new RandomStream(11);
        var observer = new ExtendedStateObserver();
        observer.Reset(0.0);
        double position = 0.0, velocity = 0.0;
        const double disturbance = -2.5;
        for (int k = 0; k < 4000; k++)
        {
            double dt = random.Uniform(0.001, 0.003);
            position += dt * velocity + 0.5 * dt * dt * disturbance;
            velocity += dt * disturbance;
            observer.Predict(dt, 0.0);
            if (random.NextDouble() >= 0.4)
                observer.Correct(position - observer.Position, Bandwidth);
        }

        Assert.Equal(disturbance, observer.Disturbance, 1e-6);
    }

    [Fact]
    public void The_error_decays_with_the_stated_pole()
    {
        // All three poles at exp(-w h): ten time constants after a step of position error next to nothing of it is left.
        var observer = new ExtendedStateObserver();
        observer.Reset(0.0);
        const double dt = 0.002;
        for (int k = 0; k < (int)(15.0 / Bandwidth / dt); k++)
        {
            observer.Predict(dt, 0.0);
            observer.Correct(0.1 - observer.Position, Bandwidth);
        }

        Assert.Equal(0.1, observer.Position, 1e-4);
        Assert.True(Math.Abs(observer.Velocity) < 0.01, $"velocity {observer.Velocity}");
    }
}
