using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// A given part of all possible synapses, drawn without regard to structure: the reference library's Random(units, output_dim,
/// sparsity_level, random_seed).
/// </summary>
/// <param name="Units">Number of neurons.</param>
public sealed record RandomRecipe(int Units) : WiringRecipe
{
    internal const string Class = "Random";

    public override int Units { get; } = Units;

    /// <summary>Number of outputs, the first of the neurons; null: all of them.</summary>
    public int? OutputDim { get; init; }

    /// <summary>0 (all synapses) to below 1: the part of the possible synapses that is left out.</summary>
    public double SparsityLevel { get; init; }

    /// <summary>0 to 2^53 - 1.</summary>
    public long RandomSeed { get; init; } = PolarityDraws.DefaultSeed;

    public override int OutputSize => OutputDim ?? Units;

    public override ImmutableArray<ImmutableArray<int>> Layers => [[.. Enumerable.Range(0, Units)]];

    private protected override string ClassName => Class;

    internal static RandomRecipe ReadParameters(JsonPlace place)
    {
        place.AllowOnly("class", "units", "output_dim", "sparsity_level", "random_seed");
        RandomRecipe recipe = new(place.Member("units").Whole());
        return recipe with
        {
            OutputDim = place.TryMember("output_dim", out JsonPlace outputs) ? outputs.Whole() : null,
            SparsityLevel = place.TryMember("sparsity_level", out JsonPlace sparsity) ? sparsity.Number() : recipe.SparsityLevel,
            RandomSeed = WiringParameters.ReadSeed(place, "random_seed", recipe.RandomSeed),
        };
    }

    private protected override Wiring Draw(int inputSize)
    {
        NumpyGenerator generator = new((ulong)RandomSeed);
        PolarityDraws polarities = new(generator);
        sbyte[] synapses = new sbyte[Units * Units];
        sbyte[] sensorySynapses = new sbyte[inputSize * Units];
        foreach (int pair in generator.Choice(synapses.Length, Kept(synapses.Length))) synapses[pair] = polarities.Next();
        foreach (int pair in generator.Choice(sensorySynapses.Length, Kept(sensorySynapses.Length)))
        {
            // The reference library adds each sensory synapse twice; the second polarity stays.
            polarities.Next();
            sensorySynapses[pair] = polarities.Next();
        }

        return new Wiring(this, synapses, sensorySynapses);
    }

    /// <summary>Half goes to the even number, as numpy rounds.</summary>
    private int Kept(int pairs) => (int)Math.Round(pairs * (1.0 - SparsityLevel), MidpointRounding.ToEven);

    private protected override void ThrowIfInvalid(WiringParameters parameters)
    {
        parameters.CheckUnits("units", Units, 1);
        parameters.CheckOutputs("output_dim", OutputSize, Units);
        if (!(SparsityLevel >= 0.0 && SparsityLevel < 1.0))
        {
            throw parameters.Wrong("sparsity_level", SparsityLevel.ToString(CultureInfo.InvariantCulture), "0 to below 1",
                "Use a sparsity in that range; 0 gives all synapses.");
        }

        parameters.CheckSeed("random_seed", RandomSeed, WiringParameters.LargestSeed);
    }

    private protected override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteNumber("units", Units);
        if (OutputDim is int outputs) json.WriteNumber("output_dim", outputs);
        json.WriteNumber("sparsity_level", SparsityLevel);
        json.WriteNumber("random_seed", RandomSeed);
    }
}
