using LiquidControl.Training.Observing;

namespace LiquidControl.Training.Tests.Observing;

/// <summary>
/// The last state given all samples at once: samples and state are jointly Gaussian, and their covariances follow from the model without any
/// recursion of gains. White jerk only, its noise in the textbook's closed form.
/// </summary>
internal static class BatchEstimate
{
    public static double[] Transition(double t) => [1, t, 0.5 * t * t, 0, 0, 1, t, 0, 0, 0, 1, 0, 0, 0, 0, 1];

    public static double[] ProcessNoise(JointModel model, double t)
    {
        double s = model.JerkDensity, t2 = t * t, t3 = t2 * t, t4 = t3 * t, t5 = t4 * t;
        return
        [
            s * t5 / 20, s * t4 / 8, s * t3 / 6, 0,
            s * t4 / 8, s * t3 / 3, s * t2 / 2, 0,
            s * t3 / 6, s * t2 / 2, s * t, 0,
            0, 0, 0, model.GyroOffsetWalk * t,
        ];
    }

    public static (double[] Row, double Variance) Measurement(JointModel model, SampleChannel channel) => channel switch
    {
        SampleChannel.Encoder => ([1, 0, 0, 0], model.EncoderVariance),
        SampleChannel.Gyro => ([0, 1, 0, 1], model.GyroVariance),
        _ => ([0, model.Current.PerVelocity, model.Current.PerAcceleration, 0], model.CurrentVariance),
    };

    /// <summary>Mean and covariance of the state at the last event; the first event is where the filter begins.</summary>
    public static (double[] Mean, double[] Covariance) Of(JointModel model, SampleEvent[] events)
    {
        int n = events.Length;
        double[][] covariances = new double[n][], means = new double[n][];
        covariances[0] =
        [
            model.EncoderVariance, 0, 0, 0, 0, model.FirstVelocityVariance, 0, 0,
            0, 0, model.FirstAccelerationVariance, 0, 0, 0, 0, model.GyroOffsetVariance,
        ];
        means[0] = [events[0].Value, 0, 0, 0];
        for (int k = 1; k < n; k++)
        {
            double t = events[k].Time - events[k - 1].Time;
            double[] f = Transition(t);
            means[k] = DenseMatrix.Times(f, means[k - 1]);
            covariances[k] = DenseMatrix.Add(DenseMatrix.Product(DenseMatrix.Product(f, covariances[k - 1]), DenseMatrix.Transposed(f)), ProcessNoise(model, t));
        }

        int m = n - 1;
        double[] joint = new double[m * m], misfit = new double[m], cross = new double[4 * m];
        for (int j = 1; j < n; j++)
        {
            (double[] rowJ, double variance) = Measurement(model, events[j].Channel);
            misfit[j - 1] = events[j].Value - Dot(rowJ, means[j]);
            double[] seen = DenseMatrix.Times(covariances[j], rowJ);
            for (int i = j; i < n; i++)
            {
                // Cov(x_i, x_j) = Φ(t_i − t_j) P_j for a later time i.
                double[] later = DenseMatrix.Times(Transition(events[i].Time - events[j].Time), seen);
                (double[] rowI, _) = Measurement(model, events[i].Channel);
                joint[((i - 1) * m) + j - 1] = joint[((j - 1) * m) + i - 1] = Dot(rowI, later) + (i == j ? variance : 0.0);
                for (int state = 0; i == n - 1 && state < 4; state++)
                    cross[(state * m) + j - 1] = later[state];
            }
        }

        double[] mean = new double[4], covariance = [.. covariances[^1]];
        for (int a = 0; a < 4; a++)
        {
            double[] gain = DenseMatrix.Solve(joint, cross[(a * m)..((a + 1) * m)]);
            mean[a] = means[^1][a] + Dot(gain, misfit);
            for (int b = 0; b < 4; b++)
                covariance[(4 * a) + b] -= Dot(gain, cross[(b * m)..((b + 1) * m)]);
        }

        return (mean, covariance);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();
}
