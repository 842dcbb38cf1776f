using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Training.Observing;

namespace LiquidControl.Training.Tests.Observing;

/// <summary>Motions of a joint that need no arm: from rest, a sum of two waves, whose current is that of a known inertia and friction.</summary>
internal static class TestMotions
{
    public const double Period = 1e-3;

    public static CurrentModel Current { get; } = new(0.3, 0.2, 0.25, 0.0);

    public static JointSensors Sensors { get; } = new(new EncoderScale(16384, 0, 1), new CurrentScale(0.02, 512, 1));

    public static JointMotion[] Draw(ulong seed, int count, double duration = 1.2)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random, duration))];
    }

    private static JointMotion Draw(RandomStream random, double duration)
    {
        int steps = 1 + (int)Math.Round(duration / Period);
        double[] position = new double[steps], velocity = new double[steps], current = new double[steps];
        (double Size, double Rate)[] cosines =
            [.. Enumerable.Range(1, 2).Select(i => (random.Uniform(-0.3, 0.3) / i, random.Uniform(2.0, 4.0) * i))];
        for (int k = 0; k < steps; k++)
        {
            double acceleration = 0.0, speed = 0.0;
            foreach ((double size, double rate) in cosines)
            {
                double angle = rate * k * Period;
                position[k] += size * (1.0 - Elementary.Cos(angle));
                // A velocity of a motion belongs to half a step before.
                velocity[k] += size * rate * Elementary.Sin(angle - (0.5 * rate * Period));
                speed += size * rate * Elementary.Sin(angle);
                acceleration += size * rate * rate * Elementary.Cos(angle);
            }

            current[k] = (Current.PerAcceleration * acceleration) + (Current.PerVelocity * speed)
                + (Current.Coulomb * CurrentModel.Direction(speed));
        }

        return new JointMotion(Period, position, velocity, velocity, current);
    }
}
