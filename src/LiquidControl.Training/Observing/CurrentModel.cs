using LiquidControl.Numerics;

namespace LiquidControl.Training.Observing;

/// <summary>The motor current that a motion takes: inertia, viscous and Coulomb friction, as a mean over payloads and postures.</summary>
/// <param name="PerAcceleration">A·s²/rad.</param>
/// <param name="PerVelocity">A·s/rad.</param>
/// <param name="Coulomb">A.</param>
/// <param name="Variance">Of what the model leaves, A².</param>
public sealed record CurrentModel(double PerAcceleration, double PerVelocity, double Coulomb, double Variance)
{
    /// <summary>Where the friction has changed sides, rad/s.</summary>
    private const double TurningVelocity = 0.02;

    /// <summary>Between -1 and 1.</summary>
    public static double Direction(double velocity) => Elementary.Tanh(velocity / TurningVelocity);

    /// <summary>Fits the model to the readings of streams, by least squares over the true motions.</summary>
    /// <exception cref="ArgumentException">The motions are too few or too poor to tell the three apart.</exception>
    public static CurrentModel Fit(IReadOnlyList<JointMotion> motions, IReadOnlyList<SampleStream> streams)
    {
        double[] normal = new double[9], right = new double[3];
        double squares = 0.0;
        long count = 0;
        for (int s = 0; s < streams.Count; s++)
            foreach (SampleEvent sample in streams[s].Events.Where(static e => e.Channel == SampleChannel.Current))
            {
                double velocity = motions[s].Velocity(sample.Time);
                ReadOnlySpan<double> row = [motions[s].Acceleration(sample.Time), velocity, Direction(velocity)];
                for (int i = 0; i < 3; i++)
                {
                    right[i] += row[i] * sample.Value;
                    for (int j = 0; j < 3; j++)
                        normal[(3 * i) + j] += row[i] * row[j];
                }

                squares += sample.Value * sample.Value;
                count++;
            }

        double[] found = [.. right];
        Solve(normal, found);
        double left = squares - (found[0] * right[0]) - (found[1] * right[1]) - (found[2] * right[2]);
        return new CurrentModel(found[0], found[1], found[2], left / count);
    }

    /// <summary>Gauss's elimination of a positive definite matrix [3 × 3].</summary>
    private static void Solve(double[] matrix, double[] right)
    {
        for (int k = 0; k < 3; k++)
        {
            if (!(matrix[(3 * k) + k] > 1e-9))
                throw new ArgumentException("The motions do not tell inertia and friction apart; record more of them.");
            for (int i = k + 1; i < 3; i++)
            {
                double factor = matrix[(3 * i) + k] / matrix[(3 * k) + k];
                for (int j = k; j < 3; j++)
                    matrix[(3 * i) + j] -= factor * matrix[(3 * k) + j];
                right[i] -= factor * right[k];
            }
        }

        for (int i = 2; i >= 0; i--)
        {
            for (int j = i + 1; j < 3; j++)
                right[i] -= matrix[(3 * i) + j] * right[j];
            right[i] /= matrix[(3 * i) + i];
        }
    }
}
