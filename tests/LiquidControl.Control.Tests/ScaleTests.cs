using Xunit;

namespace LiquidControl.Control.Tests;

public class ScaleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Encoder_counts_and_angles_are_each_others_inverse(int direction)
    {
        var scale = new EncoderScale(16384, 8192, direction);
        Assert.Equal(2.0 * Math.PI / 16384, scale.Resolution);
        Assert.Equal(0.0, scale.Angle(8192));
        Assert.Equal(direction * Math.PI / 2.0, scale.Angle(8192 + 4096), 1e-15);
        for (int counts = -20000; counts < 20000; counts += 37)
            Assert.Equal(counts, scale.Counts(scale.Angle(counts)));
        for (double angle = -3.0; angle < 3.0; angle += 0.0123)
            Assert.True(Math.Abs(scale.Angle(scale.Counts(angle)) - angle) <= 0.5 * scale.Resolution + 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Current_counts_and_amperes_are_each_others_inverse(int direction)
    {
        var scale = new CurrentScale(0.0244, 512, direction);
        Assert.Equal(0.0, scale.Ampere(512));
        Assert.Equal(direction * 2.44, scale.Ampere(612), 1e-12);
        for (int counts = 0; counts < 1024; counts++)
            Assert.Equal(counts, scale.Counts(scale.Ampere(counts)));
    }
}
