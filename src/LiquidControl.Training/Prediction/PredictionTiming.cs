using System.Diagnostics;
using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Simulation;
using LiquidControl.Training.Arm;

namespace LiquidControl.Training.Prediction;

/// <summary>
/// Times queries in the middle of a move, the ways by turns within each round, so that what else the machine does meets them all.
/// </summary>
public static class PredictionTiming
{
    private const int Rounds = 201;

    /// <summary>A reading of the clock shall not count, so a turn lasts at least so long, s.</summary>
    private const double ShortestTurn = 5e-5;

    /// <summary>Queries of the batch: a curve over the next second.</summary>
    private const int BatchSize = 32;

    /// <summary>
    /// As long a step of the integration as its errors allow, s: after a second 0.3 to 1.6 mrad off the solution, no less than the forecasts
    /// are off the truth.
    /// </summary>
    private const double CoarseStep = 15e-3;

    /// <summary>The moment asked about, s after the start: under way.</summary>
    private const double Moment = 0.3;

    /// <exception cref="ModelFormatException">The model is not a predictor for this arm.</exception>
    public static PredictionTime[] Run(ArmUnderTest test, Model model, string file, ulong seed, CancellationToken cancellation = default)
    {
        var episode = new ArmEpisode(test, Scenario.Perturbed, ModelError.Evaluation, seed, ArmEvaluation.Rate);
        var watch = new Stopping(cycle => Measure(model, file, episode, cycle));
        episode.Run(ControllerKind.CtEso, null, watch, cancellation);
        return watch.Times;
    }

    private static PredictionTime[] Measure(Model model, string file, ArmEpisode episode, ControlCycle cycle)
    {
        int n = episode.Believed.JointCount;
        var position = new double[n];
        var velocity = new double[n];
        Forecast cfc = Forecast.OfNetwork(model, file, episode.Believed, episode.Settings);
        var loop = new BelievedLoop(episode.Believed, episode.Settings);
        Forecast law = Forecast.Law(episode.Believed, episode.Settings);
        List<Turn> turns =
        [
            new("CfC, a query", null, 1, () => cfc.At(cycle, 0.5, position, velocity)),
            new("CfC, the kernel alone", null, 1, KernelAlone(model)),
            new($"CfC, the kernel alone, {BatchSize} horizons at once", null, BatchSize, BatchAlone(model)),
            new(law.Name, null, 1, () => law.At(cycle, 0.5, position, velocity)),
        ];
        foreach (double step in (double[])[Forecast.BelievedStep, CoarseStep])
        {
            Forecast integrated = Forecast.Integrated(FormattableString.Invariant($"RK4, own model, steps of {1e3 * step:G} ms"), loop, step);
            foreach (double horizon in PredictionEvaluation.Horizons)
                turns.Add(new(integrated.Name, horizon, 1, () => integrated.At(cycle, horizon, position, velocity)));
        }

        return Times([.. turns]);
    }

    private static Action KernelAlone(Model model)
    {
        var kernel = NetworkKernel.Compile(model.Weights);
        KernelState state = kernel.CreateState();
        var input = new float[kernel.InputSize];
        var stateThen = new float[kernel.StateSize];
        var output = new float[kernel.OutputSize];
        return () => kernel.StateAt(state, input, 5f, stateThen, output);
    }

    private static Action BatchAlone(Model model)
    {
        var kernel = BatchKernel.Compile(model.Weights);
        BatchState state = kernel.CreateState(BatchSize);
        var inputs = new float[BatchSize * kernel.InputSize];
        var outputs = new float[BatchSize * kernel.OutputSize];
        float[] timespans = [.. Enumerable.Range(1, BatchSize).Select(static k => 10f * k / BatchSize)];
        return () => kernel.Step(state, inputs, timespans, outputs);
    }

    private static PredictionTime[] Times(Turn[] turns)
    {
        int[] repeats = [.. turns.Select(Repeats)];
        var ns = new double[turns.Length][];
        for (int i = 0; i < turns.Length; i++)
            ns[i] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < turns.Length; i++)
                ns[i][round] = Seconds(turns[i].Ask, repeats[i]) * 1e9 / (repeats[i] * turns[i].Queries);
        }

        return
        [
            .. turns.Select((turn, i) => new PredictionTime(
                turn.Way, turn.Horizon, Percentile.Of(ns[i], 50.0), ns[i].Max(),
                Percentile.Of(ns[i].Zip(ns[0], static (own, cfc) => own / cfc), 50.0), Bytes(turn))),
        ];
    }

    private static int Repeats(Turn turn)
    {
        int repeats = 1;
        Seconds(turn.Ask, repeats);
        while (Seconds(turn.Ask, repeats) < ShortestTurn)
            repeats *= 2;
        return repeats;
    }

    private static double Seconds(Action ask, int repeats)
    {
        long began = Stopwatch.GetTimestamp();
        for (int k = 0; k < repeats; k++)
            ask();
        return (double)(Stopwatch.GetTimestamp() - began) / Stopwatch.Frequency;
    }

    private static double Bytes(Turn turn)
    {
        const int Calls = 100;
        AllocationMeter meter = default;
        for (int k = 0; k < Calls; k++)
        {
            meter.Start();
            turn.Ask();
            meter.Stop();
        }

        return (double)meter.Total / (Calls * turn.Queries);
    }

    /// <summary>What is timed: a call that answers a number of queries.</summary>
    private sealed record Turn(string Way, double? Horizon, int Queries, Action Ask);

    private sealed class Stopping(Func<ControlCycle, PredictionTime[]> measure) : IMotionObserver
    {
        private bool _done;

        public PredictionTime[] Times { get; private set; } = [];

        public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
        {
            if (_done || time < Moment)
                return;
            _done = true;
            Times = measure(cycle);
        }
    }
}
