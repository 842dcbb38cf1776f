using System.Collections.Immutable;

namespace LiquidControl.Neural.Explanation;

/// <summary>What went into a network, step by step, as the network saw it.</summary>
public sealed record Recording
{
    /// <summary>Where it came from, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>[input].</summary>
    public required ImmutableArray<string> InputNames { get; init; }

    /// <summary>The state before the first step.</summary>
    public required ImmutableArray<double> InitialState { get; init; }

    /// <summary>[step][input], after normalisation.</summary>
    public required ImmutableArray<double[]> Inputs { get; init; }

    /// <summary>[step], in the unit of training.</summary>
    public required ImmutableArray<double> Timespans { get; init; }

    /// <summary>The inputs and timespans of a reference sequence.</summary>
    public static Recording Of(ReferenceSequence sequence, string file) => new()
    {
        Source = $"{file}, sequence '{sequence.Name}'",
        InputNames = DefaultNames(sequence.Inputs[0].Length),
        InitialState = sequence.InitialState,
        Inputs = sequence.Inputs,
        Timespans = sequence.Timespans,
    };

    /// <summary>x1, x2, …: the names of inputs that have none.</summary>
    public static ImmutableArray<string> DefaultNames(int inputs) => [.. Enumerable.Range(1, inputs).Select(i => $"x{i}")];

    /// <summary>Steps the network through the recording.</summary>
    /// <returns>[step + 1], the state before the first step and after each.</returns>
    /// <exception cref="ModelFormatException">The network refuses a step.</exception>
    public ImmutableArray<double[]> Run(Network<double> network, Action<int, SampledNetwork<double>>? observe = null)
    {
        SampledNetwork<double> run = new(network);
        run.Reset(InitialState.AsSpan());
        double[][] states = new double[Inputs.Length + 1][];
        states[0] = [.. InitialState];
        for (int step = 0; step < Inputs.Length; step++)
        {
            StepResult result = run.Step(Inputs[step], Timespans[step]);
            if (result != StepResult.Ok) throw Refused(step, result);
            states[step + 1] = run.State.ToArray();
            observe?.Invoke(step, run);
        }

        return [.. states];
    }

    internal ModelFormatException Refused(int step, StepResult result) => new(
        Source, $"step {step + 1}, timespan {Timespans[step]:G6}", $"{result}", "a step the network can take",
        "Correct the recording, or start it later.");
}
