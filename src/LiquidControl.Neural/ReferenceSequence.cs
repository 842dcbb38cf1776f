using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>One recorded run of a network from a given state: what went in, and what the reference library gave in double.</summary>
public sealed record ReferenceSequence
{
    private const int MostSteps = 1 << 20;

    public required string Name { get; init; }

    /// <summary>The state before the first step.</summary>
    public required ImmutableArray<double> InitialState { get; init; }

    /// <summary>[step][input].</summary>
    public required ImmutableArray<double[]> Inputs { get; init; }

    /// <summary>[step], 1 where the file gives none.</summary>
    public required ImmutableArray<double> Timespans { get; init; }

    /// <summary>[step][output].</summary>
    public required ImmutableArray<double[]> Outputs { get; init; }

    /// <summary>[step][unit], after the step.</summary>
    public required ImmutableArray<double[]> States { get; init; }

    internal static ReferenceSequence Read(JsonPlace place, CfcArchitecture architecture)
    {
        JsonPlace inputs = place.Member("inputs");
        ImmutableArray<double[]> inputRows = [.. inputs.Items().Take(MostSteps + 1).Select(row => Singles(row, architecture.InputSize))];
        if (inputRows.Length is 0 or > MostSteps) throw inputs.Wrong($"1 to {MostSteps} steps");

        return new ReferenceSequence
        {
            Name = place.Member("name").Text(),
            InitialState = [.. Singles(place.Member("h0"), architecture.StateSize)],
            Inputs = inputRows,
            Timespans = place.TryMember("dt", out JsonPlace timespans)
                ? [.. Singles(timespans, inputRows.Length)]
                : [.. Enumerable.Repeat(1.0, inputRows.Length)],
            Outputs = Rows(place.Member("outputs_f64"), inputRows.Length, architecture.OutputSize),
            States = Rows(place.Member("h_f64"), inputRows.Length, architecture.StateSize),
        };
    }

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
