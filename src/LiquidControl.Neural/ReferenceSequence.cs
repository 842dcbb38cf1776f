using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>One recorded run of a network from a given state: what went in, and what the reference library gave in double.</summary>
public sealed record ReferenceSequence
{
    private const int MostSteps = 1 << 20;

    public required string Name { get; init; }

    /// <summary>The state before the first step, with mixed memory its cells behind the neurons.</summary>
    public required ImmutableArray<double> InitialState { get; init; }

    /// <summary>[step][input].</summary>
    public required ImmutableArray<double[]> Inputs { get; init; }

    /// <summary>[step], 1 where the file gives none.</summary>
    public required ImmutableArray<double> Timespans { get; init; }

    /// <summary>[step][output].</summary>
    public required ImmutableArray<double[]> Outputs { get; init; }

    /// <summary>[step][unit], after the step.</summary>
    public required ImmutableArray<double[]> States { get; init; }

    internal static ReferenceSequence Read(JsonPlace place, NetworkArchitecture architecture)
    {
        JsonPlace inputs = place.Member("inputs");
        ImmutableArray<double[]> inputRows = [.. inputs.Items().Take(MostSteps + 1).Select(row => Singles(row, architecture.InputSize))];
        if (inputRows.Length is 0 or > MostSteps) throw inputs.Wrong($"1 to {MostSteps} steps");

        int neurons = architecture.NeuronCount;
        bool remembers = architecture.Memory != MemoryCoupling.None;
        ImmutableArray<double[]> hidden = Rows(place.Member("h_f64"), inputRows.Length, neurons);
        return new ReferenceSequence
        {
            Name = place.Member("name").Text(),
            InitialState = [.. Singles(place.Member("h0"), neurons), .. remembers ? Singles(place.Member("c0"), neurons) : []],
            Inputs = inputRows,
            Timespans = place.TryMember("dt", out JsonPlace timespans)
                ? [.. Singles(timespans, inputRows.Length)]
                : [.. Enumerable.Repeat(1.0, inputRows.Length)],
            Outputs = Rows(place.Member("outputs_f64"), inputRows.Length, architecture.OutputSize),
            States = remembers ? [.. hidden.Zip(Rows(place.Member("c_f64"), inputRows.Length, neurons), Joined)] : hidden,
        };
    }

    private static double[] Joined(double[] hidden, double[] memory) => [.. hidden, .. memory];

    private static ImmutableArray<double[]> Rows(JsonPlace place, int count, int length)
    {
        ImmutableArray<double[]> rows = [.. place.Items().Select(row => Exactly(row, length, item => item.Number()))];
        return rows.Length == count ? rows : throw place.Wrong($"{count} rows, one for each input");
    }

    /// <summary>What went into the network was 32-bit: the decimals stand for those floats.</summary>
    private static double[] Singles(JsonPlace place, int length) => Exactly(place, length, item => item.SinglePrecision());

    private static double[] Exactly(JsonPlace place, int length, Func<JsonPlace, double> read)
    {
        double[] values = [.. place.Items().Take(length + 1).Select(read)];
        return values.Length == length ? values : throw place.Wrong($"an array of {length} numbers");
    }
}
