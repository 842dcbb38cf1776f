using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// A neural circuit policy of a given size: the reference library's AutoNCP(units, output_size, sparsity_level, seed), which divides the
/// neurons into layers and chooses the numbers of an <see cref="NcpRecipe"/> from the sparsity.
/// </summary>
/// <param name="Units">Number of neurons; at least 3 more than outputs.</param>
/// <param name="OutputSize">Number of motor neurons.</param>
public sealed record AutoNcpRecipe(int Units, int OutputSize) : WiringRecipe
{
    internal const string Class = "AutoNCP";

    public override int Units { get; } = Units;

    public override int OutputSize { get; } = OutputSize;

    /// <summary>The part of the possible synapses between layers that is left out: 0.1 to 1, which leaves each neuron one.</summary>
    public double SparsityLevel { get; init; } = 0.5;

    /// <summary>0 to 2^32 - 1.</summary>
    public long Seed { get; init; } = NcpRecipe.DefaultSeed;

    public override ImmutableArray<ImmutableArray<int>> Layers => ToNcp().Layers;

    private protected override string ClassName => Class;

    /// <summary>The recipe in numbers of neurons and synapses; of a valid recipe.</summary>
    public NcpRecipe ToNcp()
    {
        // The reference library computes in double and drops the fraction.
        double density = 1.0 - SparsityLevel;
        int inner = Units - OutputSize;
        int command = Math.Max((int)(0.4 * inner), 1);
        int inter = inner - command;
        return new NcpRecipe
        {
            InterNeurons = inter,
            CommandNeurons = command,
            MotorNeurons = OutputSize,
            SensoryFanout = Math.Max((int)(inter * density), 1),
            InterFanout = Math.Max((int)(command * density), 1),
            RecurrentCommandSynapses = Math.Max((int)(command * density * 2.0), 1),
            MotorFanin = Math.Max((int)(command * density), 1),
            Seed = Seed,
        };
    }

    internal static AutoNcpRecipe ReadParameters(JsonPlace place)
    {
        place.AllowOnly("class", "units", "output_size", "sparsity_level", "seed");
        AutoNcpRecipe recipe = new(place.Member("units").Whole(), place.Member("output_size").Whole());
        return recipe with
        {
            SparsityLevel = place.TryMember("sparsity_level", out JsonPlace sparsity) ? sparsity.Number() : recipe.SparsityLevel,
            Seed = WiringParameters.ReadSeed(place, "seed", recipe.Seed),
        };
    }

    private protected override Wiring Draw(int inputSize) => new NcpDrawing(ToNcp(), inputSize).Draw();

    private protected override void ThrowIfInvalid(WiringParameters parameters)
    {
        parameters.CheckUnits("units", Units, 4);
        parameters.Check("output_size", OutputSize, 1, Units - 3, "Use fewer outputs or more units: there must be 3 more units.");
        if (!(SparsityLevel >= 0.1 && SparsityLevel <= 1.0))
        {
            throw parameters.Wrong("sparsity_level", SparsityLevel.ToString(CultureInfo.InvariantCulture), "0.1 to 1",
                "Use a sparsity in that range; 0.5 is common.");
        }

        parameters.CheckSeed("seed", Seed, WiringParameters.LargestLegacySeed);
    }

    private protected override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteNumber("units", Units);
        json.WriteNumber("output_size", OutputSize);
        json.WriteNumber("sparsity_level", SparsityLevel);
        json.WriteNumber("seed", Seed);
    }
}
