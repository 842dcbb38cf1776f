using System.Collections.Immutable;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Neural;

/// <summary>What the numbers at the network's edges mean, and where the network came from.</summary>
public sealed record ModelMetadata
{
    public static ModelMetadata Empty { get; } = new();

    /// <summary>One for each input, or empty: then inputs go in as they are.</summary>
    public ImmutableArray<ModelFeature> Features { get; init; } = [];

    /// <summary>One for each output, or empty: then outputs come out as they are.</summary>
    public ImmutableArray<ModelOutput> Outputs { get; init; } = [];

    /// <summary>The timespan given to the network is the time since the last step, in s, divided by this.</summary>
    public double TimespanScale { get; init; } = 1.0;

    /// <summary>
    /// How the network was made, in order: seed, data hash, command. No dates, so that the same training gives the same file.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Provenance { get; init; } = [];

    /// <summary>For a fixed-point kernel: the integers to compute in and how far the network's numbers reach; null: not calibrated.</summary>
    public FixedPointCalibration? FixedPoint { get; init; }

    /// <param name="architecture">The network this describes.</param>
    /// <param name="file">Where it came from, for the message.</param>
    /// <exception cref="ModelFormatException">A count, name, scale or bound does not fit.</exception>
    public void ThrowIfInvalid(NetworkArchitecture architecture, string file)
    {
        CheckPositive("timespan_scale", TimespanScale);
        CheckCount("features", Features.Length, architecture.InputSize);
        CheckCount("outputs", Outputs.Length, architecture.OutputSize);
        CheckUnique("features", Features.Select(feature => feature.Name));
        CheckUnique("outputs", Outputs.Select(output => output.Name));
        CheckUnique("provenance", Provenance.Select(entry => entry.Key));
        FixedPoint?.Ranges.ThrowIfInvalid(architecture, file);
        foreach (ModelFeature feature in Features)
        {
            CheckPositive($"feature '{feature.Name}', scale", feature.Scale);
            if (!double.IsFinite(feature.Mean)) throw Wrong($"feature '{feature.Name}', mean", $"{feature.Mean}", "a finite number");
        }

        foreach (ModelOutput output in Outputs)
        {
            CheckPositive($"output '{output.Name}', scale", output.Scale);
            if (output.Bound is double bound) CheckPositive($"output '{output.Name}', bound", bound);
            if (output.RateBound is double rate) CheckPositive($"output '{output.Name}', rate_bound", rate);
        }

        void CheckPositive(string place, double value)
        {
            if (!double.IsFinite(value) || value <= 0.0) throw Wrong(place, $"{value}", "a number above zero");
        }

        void CheckCount(string place, int count, int size)
        {
            if (count != 0 && count != size) throw Wrong(place, $"{count} of them", $"{size}, as the network has, or none");
        }

        void CheckUnique(string place, IEnumerable<string> names)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            string? twice = names.FirstOrDefault(name => !seen.Add(name));
            if (twice is not null) throw Wrong(place, $"the name '{twice}' twice", "each name once");
        }

        ModelFormatException Wrong(string place, string found, string expected) =>
            new(file, place, found, expected, "Correct the model's description.");
    }
}
