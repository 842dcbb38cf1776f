using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class AdamTests
{
    [Fact]
    public void Two_steps_agree_with_the_hand_computation()
    {
        float[] parameters = [1f, -2f];
        Adam adam = new(2);

        // First step: both averages are corrected to g and g², so each parameter moves by the rate against the sign of g.
        adam.Move(parameters, [0.5f, -4f], 0.1);
        Assert.Equal([0.9f, -1.9f], parameters);

        // Second: m = 0.9·0.05 + 0.1·1 = 0.145, m̂ = 0.145 / 0.19; v = 0.999·0.00025 + 0.001·1 = 0.00124975, v̂ = 0.00124975 / 0.001999.
        // 0.1 · 0.7631579 / 0.7906880 = 0.0965182.
        // The other: m = -0.36, m̂ = -0.36 / 0.19; v = 0.999·0.016 = 0.015984, v̂ = 7.9959980; 0.1 · 1.8947368 / 2.8277196 = 0.0670058.
        adam.Move(parameters, [1f, 0f], 0.1);
        Assert.Equal(0.9 - 0.0965182, parameters[0], 2e-7);
        Assert.Equal(-1.9 + 0.0670058, parameters[1], 2e-7);
    }

    [Fact]
    public void A_zero_gradient_moves_nothing()
    {
        float[] parameters = [3f];
        new Adam(1).Move(parameters, [0f], 0.1);
        Assert.Equal(3f, parameters[0]);
    }
}
