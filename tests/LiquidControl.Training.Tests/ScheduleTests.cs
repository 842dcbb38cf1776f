using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void The_rate_rises_then_falls_along_half_a_cosine()
    {
        CosineSchedule schedule = new(peak: 1.0, warmUp: 10, total: 100);
        Assert.Equal(0.1, schedule.At(0), 1e-12);
        Assert.Equal(0.02 + (0.98 * 0.5), schedule.At(50), 1e-12);
        Assert.Equal(0.02, schedule.At(100), 1e-12);
        Assert.Equal(0.02, schedule.At(1000), 1e-12);
        for (int step = 10; step < 100; step++)
            Assert.True(schedule.At(step + 1) < schedule.At(step));
    }

    [Fact]
    public void The_rate_falls_by_the_decay_every_epoch_and_a_little_with_every_batch()
    {
        ExponentialSchedule schedule = new(start: 0.05, warmUp: 0, decay: 0.9, batchesPerEpoch: 4);
        Assert.Equal(0.05, schedule.At(0), 1e-12);
        Assert.Equal(0.05 * Math.Sqrt(0.9), schedule.At(2), 1e-12);
        Assert.Equal(0.05 * 0.9, schedule.At(4), 1e-12);
        Assert.Equal(0.05 * Math.Pow(0.9, 25.0), schedule.At(100), 1e-12);
        Assert.Equal(0.05 / 8.0, new ExponentialSchedule(0.05, warmUp: 8, 0.9, 4).At(0), 1e-12);
    }

    [Fact]
    public void A_long_gradient_is_scaled_to_the_limit_and_a_short_one_kept()
    {
        float[] gradient = [3f, 4f];
        Assert.Equal(5.0, GradientClipping.Clip(gradient, 10.0));
        Assert.Equal([3f, 4f], gradient);
        Assert.Equal(5.0, GradientClipping.Clip(gradient, 1.0));
        Assert.Equal(0.6f, gradient[0], 1e-6f);
        Assert.Equal(0.8f, gradient[1], 1e-6f);
    }
}
