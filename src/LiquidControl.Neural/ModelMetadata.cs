using System.Collections.Immutable;

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

    /// <summary>How the network was made, in order: seed, data hash, command. No dates, so that the same training gives the same file.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Provenance { get; init; } = [];
}

/// <summary>One input: the network sees (value - Mean) / Scale.</summary>
/// <param name="Name">A name that is unique in the model.</param>
/// <param name="Unit">The SI unit of the value, "1" for a pure number.</param>
/// <param name="Mean">In that unit.</param>
/// <param name="Scale">In that unit, above zero.</param>
public sealed record ModelFeature(string Name, string Unit, double Mean, double Scale);

/// <summary>One output: the value is Scale times what the network says.</summary>
/// <param name="Name">A name that is unique in the model.</param>
/// <param name="Unit">The SI unit of the value, "1" for a pure number.</param>
/// <param name="Scale">In that unit, above zero.</param>
/// <param name="Bound">The largest magnitude the controller may apply, in that unit; null: the controller's own.</param>
/// <param name="RateBound">The largest change per second the controller may apply; null: the controller's own.</param>
public sealed record ModelOutput(string Name, string Unit, double Scale, double? Bound = null, double? RateBound = null);
