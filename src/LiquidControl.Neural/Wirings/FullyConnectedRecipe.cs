using System.Collections.Immutable;
using System.Text.Json;
using LiquidControl.Numerics;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// A synapse between every two neurons and from every input to every neuron, two of three excitatory on average: the reference library's
/// FullyConnected(units, output_dim, erev_init_seed, self_connections).
/// </summary>
/// <param name="Units">Number of neurons.</param>
public sealed record FullyConnectedRecipe(int Units) : WiringRecipe
{
    internal const string Class = "FullyConnected";

    public override int Units { get; } = Units;

    /// <summary>Number of outputs, the first of the neurons; null: all of them.</summary>
    public int? OutputDim { get; init; }

    /// <summary>0 to 2^53 - 1.</summary>
    public long ErevInitSeed { get; init; } = PolarityDraws.DefaultSeed;

    /// <summary>Whether neurons have synapses to themselves.</summary>
    public bool SelfConnections { get; init; } = true;

    public override int OutputSize => OutputDim ?? Units;

    public override ImmutableArray<ImmutableArray<int>> Layers => [[.. Enumerable.Range(0, Units)]];

    private protected override string ClassName => Class;

    internal static FullyConnectedRecipe ReadParameters(JsonPlace place)
    {
        place.AllowOnly("class", "units", "output_dim", "erev_init_seed", "self_connections");
        FullyConnectedRecipe recipe = new(place.Member("units").Whole());
        return recipe with
        {
            OutputDim = place.TryMember("output_dim", out JsonPlace outputs) ? outputs.Whole() : null,
            ErevInitSeed = WiringParameters.ReadSeed(place, "erev_init_seed", recipe.ErevInitSeed),
            SelfConnections = place.TryMember("self_connections", out JsonPlace self) ? self.Truth() : recipe.SelfConnections,
        };
    }

    private protected override Wiring Draw(int inputSize)
    {
        PolarityDraws polarities = new(new NumpyGenerator((ulong)ErevInitSeed));
        sbyte[] synapses = new sbyte[Units * Units];
        sbyte[] sensorySynapses = new sbyte[inputSize * Units];
        for (int pair = 0; pair < synapses.Length; pair++)
        {
            bool self = pair / Units == pair % Units;
            if (SelfConnections || !self) synapses[pair] = polarities.Next();
        }

        foreach (ref sbyte synapse in sensorySynapses.AsSpan()) synapse = polarities.Next();
        return new Wiring(this, synapses, sensorySynapses);
    }

    private protected override void ThrowIfInvalid(WiringParameters parameters)
    {
        parameters.CheckUnits("units", Units, 1);
        parameters.CheckOutputs("output_dim", OutputSize, Units);
        parameters.CheckSeed("erev_init_seed", ErevInitSeed, WiringParameters.LargestSeed);
    }

    private protected override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteNumber("units", Units);
        if (OutputDim is int outputs) json.WriteNumber("output_dim", outputs);
        json.WriteNumber("erev_init_seed", ErevInitSeed);
        json.WriteBoolean("self_connections", SelfConnections);
    }
}
