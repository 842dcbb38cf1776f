using System.Collections.Immutable;
using System.Text.Json;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// A neural circuit policy (Lechner et al. 2020): inputs to inter neurons, those to command neurons, which also have synapses among
/// themselves, those to motor neurons. The reference library's NCP(inter_neurons, ..., seed).
/// </summary>
public sealed record NcpRecipe : WiringRecipe
{
    internal const string Class = "NCP";
    internal const long DefaultSeed = 22_222;

    /// <summary>Drawing more takes seconds and leaves no pair of command neurons without a synapse long before.</summary>
    private const int MostRecurrentSynapses = 1 << 26;

    public required int InterNeurons { get; init; }

    public required int CommandNeurons { get; init; }

    public required int MotorNeurons { get; init; }

    /// <summary>Synapses from each input to inter neurons.</summary>
    public required int SensoryFanout { get; init; }

    /// <summary>Synapses from each inter neuron to command neurons.</summary>
    public required int InterFanout { get; init; }

    /// <summary>Draws of a synapse between two command neurons; one drawn twice counts once in the wiring.</summary>
    public required int RecurrentCommandSynapses { get; init; }

    /// <summary>Synapses from command neurons to each motor neuron.</summary>
    public required int MotorFanin { get; init; }

    /// <summary>0 to 2^32 - 1.</summary>
    public long Seed { get; init; } = DefaultSeed;

    public override int Units => InterNeurons + CommandNeurons + MotorNeurons;

    public override int OutputSize => MotorNeurons;

    public override ImmutableArray<ImmutableArray<int>> Layers =>
    [
        [.. Enumerable.Range(MotorNeurons + CommandNeurons, InterNeurons)],
        [.. Enumerable.Range(MotorNeurons, CommandNeurons)],
        [.. Enumerable.Range(0, MotorNeurons)],
    ];

    private protected override string ClassName => Class;

    internal static NcpRecipe ReadParameters(JsonPlace place)
    {
        place.AllowOnly("class", "inter_neurons", "command_neurons", "motor_neurons", "sensory_fanout", "inter_fanout",
            "recurrent_command_synapses", "motor_fanin", "seed");
        return new NcpRecipe
        {
            InterNeurons = place.Member("inter_neurons").Whole(),
            CommandNeurons = place.Member("command_neurons").Whole(),
            MotorNeurons = place.Member("motor_neurons").Whole(),
            SensoryFanout = place.Member("sensory_fanout").Whole(),
            InterFanout = place.Member("inter_fanout").Whole(),
            RecurrentCommandSynapses = place.Member("recurrent_command_synapses").Whole(),
            MotorFanin = place.Member("motor_fanin").Whole(),
            Seed = WiringParameters.ReadSeed(place, "seed", DefaultSeed),
        };
    }

    private protected override Wiring Draw(int inputSize) => new NcpDrawing(this, inputSize).Draw();

    private protected override void ThrowIfInvalid(WiringParameters parameters)
    {
        const string FewerSynapses = "Use fewer synapses or more neurons for them to reach.";
        parameters.CheckUnits("inter_neurons", InterNeurons, 1);
        parameters.CheckUnits("command_neurons", CommandNeurons, 1);
        parameters.CheckUnits("motor_neurons", MotorNeurons, 1);
        parameters.CheckUnits("inter_neurons + command_neurons + motor_neurons", Units, 3);
        parameters.Check("sensory_fanout", SensoryFanout, 0, InterNeurons, FewerSynapses);
        parameters.Check("inter_fanout", InterFanout, 0, CommandNeurons, FewerSynapses);
        parameters.Check("recurrent_command_synapses", RecurrentCommandSynapses, 0, MostRecurrentSynapses, "Use fewer synapses.");
        parameters.Check("motor_fanin", MotorFanin, 0, CommandNeurons, FewerSynapses);
        parameters.CheckSeed("seed", Seed, WiringParameters.LargestLegacySeed);
    }

    private protected override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteNumber("inter_neurons", InterNeurons);
        json.WriteNumber("command_neurons", CommandNeurons);
        json.WriteNumber("motor_neurons", MotorNeurons);
        json.WriteNumber("sensory_fanout", SensoryFanout);
        json.WriteNumber("inter_fanout", InterFanout);
        json.WriteNumber("recurrent_command_synapses", RecurrentCommandSynapses);
        json.WriteNumber("motor_fanin", MotorFanin);
        json.WriteNumber("seed", Seed);
    }
}
