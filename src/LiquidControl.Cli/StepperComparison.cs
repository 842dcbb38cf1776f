using System.Diagnostics;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Neural.Ode;

namespace LiquidControl.Cli;

/// <summary>
/// Cost against accuracy of the ways to step an LTC network through a sequence: rounds run every way once, one after the other, so that what
/// else the machine does falls on all of them.
/// </summary>
internal static class StepperComparison
{
    private const double SolutionTolerance = 1e-12;
    private const int WarmUps = 3;
    private const int Rounds = 21;
    private const double RoundSeconds = 2e-3;

    public static IReadOnlyList<SolverRow> Run(NetworkWeights cell, ReferenceSequence sequence)
    {
        var solution = OdeReference.Solve(cell, sequence, SolutionTolerance);
        LtcStepper[] steppers = [.. LtcStepper.All(cell)];
        double[][] times = [.. steppers.Select(_ => new double[Rounds])];
        int[] repeats = [.. steppers.Select(stepper => Repeats(stepper, sequence))];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < steppers.Length; i++) times[i][round] = Seconds(steppers[i], sequence, repeats[i]) / repeats[i];
        }

        return [.. steppers.Select((stepper, i) => Row(stepper, sequence, solution, [.. times[i].Select((time, k) => time / times[0][k])]))];
    }

    private static SolverRow Row(LtcStepper stepper, ReferenceSequence sequence, OdeReference solution, double[] ratios)
    {
        Array.Sort(ratios);
        double[] state = [.. solution.States[0]];
        double largest = 0.0, sum = 0.0;
        stepper.TakeSynapseEvaluations();
        for (int step = 0; step < sequence.Inputs.Length; step++)
        {
            bool isDone = stepper.Step(sequence.Inputs[step], sequence.Timespans[step], state);
            for (int j = 0; j < state.Length; j++)
            {
                double error = isDone ? Math.Abs(state[j] - solution.States[step + 1][j]) : double.PositiveInfinity;
                largest = Math.Max(largest, error);
                sum += error * error;
            }

            if (!isDone) break;
        }

        double synapses = (double)stepper.TakeSynapseEvaluations() / sequence.Inputs.Length;
        double rms = Math.Sqrt(sum / (sequence.Inputs.Length * state.Length));
        return new(stepper.Name, synapses, largest, rms, ratios[ratios.Length / 2], ratios[^1]);
    }

    private static int Repeats(LtcStepper stepper, ReferenceSequence sequence)
    {
        Seconds(stepper, sequence, WarmUps);
        return Math.Max(1, (int)(RoundSeconds / Seconds(stepper, sequence, 1)));
    }

    private static double Seconds(LtcStepper stepper, ReferenceSequence sequence, int repeats)
    {
        double[] state = new double[stepper.StateSize];
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < repeats; k++)
        {
            sequence.InitialState.AsSpan()[..state.Length].CopyTo(state);
            for (int step = 0; step < sequence.Inputs.Length; step++) stepper.Step(sequence.Inputs[step], sequence.Timespans[step], state);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
