using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>Outputs of 0 against targets that are the error: what the loss makes of it, beside the response integrated in fine steps.</summary>
public sealed class ClosedLoopErrorTests
{
    /// <summary>s; fine enough for the lags to be those of continuous time within a few percent.</summary>
    private const double Dt = 0.0002;

    private const int Steps = 5000;

    private static readonly LoopResponse Response = new(ObserverBandwidth: 120.0, TrackingBandwidth: 30.0, Weight: 1.0, ErrorWeight: 0.0);

    [Fact]
    public void An_error_that_stands_costs_only_what_the_error_itself_weighs()
    {
        Assert.Equal(0.0, Loss(Response, static _ => 0.7), 1e-12);
        Assert.Equal(0.25 * 0.49, Loss(Response with { ErrorWeight = 0.25 }, static _ => 0.7), 1e-6);
    }

    [Fact]
    public void A_step_costs_what_the_loop_makes_of_it()
    {
        double loss = Loss(Response, static t => t >= 0.2 ? 1.0 : 0.0);
        Assert.Equal(Integrated(static t => t >= 0.2 ? 1.0 : 0.0), loss, 0.1 * loss);
    }

    /// <summary>Of equal size, neither a slow nor a fast change does as much as one at the loop's own frequency.</summary>
    [Fact]
    public void The_loop_is_open_to_a_band_of_frequencies()
    {
        double slow = Loss(Response, static t => Math.Sin(3.0 * t)), middle = Loss(Response, static t => Math.Sin(40.0 * t));
        double fast = Loss(Response, static t => Math.Sin(550.0 * t));
        Assert.True(middle > 10.0 * slow && middle > 10.0 * fast, $"{slow} {middle} {fast}");
        Assert.Equal(Integrated(static t => Math.Sin(40.0 * t)), middle, 0.1 * middle);
    }

    [Fact]
    public void What_stands_before_a_chunk_is_forgotten_not_counted()
    {
        double whole = Loss(Response, static t => t >= 0.2 ? 1.0 : 0.0), cut = Loss(Response, static t => t >= 0.2 ? 1.0 : 0.0, chunk: 1000);
        Assert.True(cut < 0.05 * whole, $"{cut} of {whole}");
    }

    private static double Loss(LoopResponse response, Func<double, double> error, int chunk = Steps)
    {
        NetworkParameters network = TestNetworks.Of("cfc");
        SequenceSet data = TestTraining.NewSet();
        float[] targets = [.. Enumerable.Range(0, Steps).SelectMany(k => (float[])[(float)error(k * Dt), 0f])];
        data.Add(new TrainingSequence(new float[Steps * 3], targets, [.. Enumerable.Repeat((float)Dt, Steps)]));
        TrainingOptions options = TestTraining.Options with { Loss = LossKind.ClosedLoop, Loop = response, ChunkSteps = chunk, OutputWeights = [1f, 0f] };
        BatchGradient batch = new(
            data, Normalisation.None(TestNetworks.InputSize, TestNetworks.OutputSize), network, options, TestContext.Current.CancellationToken);
        batch.Begin([0], 0);
        double loss = 0.0;
        while (batch.Next(new float[network.Count]))
            loss += batch.Loss * batch.Weight / Steps;
        return loss;
    }

    /// <summary>Mean square of the response by Euler steps of 10 µs, held errors, the lags in the order of the formula.</summary>
    private static double Integrated(Func<double, double> error)
    {
        const int Fine = 20;
        double[] observed = new double[3], tracked = new double[2];
        double sum = 0.0, h = Dt / Fine;
        Array.Fill(observed, error(0.0));
        for (int k = 0; k < Steps; k++)
        {
            for (int i = 0; i < Fine; i++)
            {
                double e = error(k * Dt);
                double before = e;
                for (int j = 0; j < 3; j++)
                {
                    observed[j] += h * 120.0 * (before - observed[j]);
                    before = observed[j];
                }

                tracked[0] += h * 30.0 * (e - observed[2] - tracked[0]);
                tracked[1] += h * 30.0 * (tracked[0] - tracked[1]);
            }

            sum += tracked[1] * tracked[1];
        }

        return sum / Steps;
    }
}
