using System.Text;
using LiquidControl.Neural;

namespace LiquidControl.Fuzz.Targets;

/// <summary>The JSON that describes a model, without the safetensors header in whose strings the fuzzer would have to escape it.</summary>
internal sealed class DescriptionTarget : FuzzTarget
{
    public override string Name => "description";

    public override string Description => "a model's description in JSON";

    public override IReadOnlyList<string> Assemblies => ["LiquidControl.Neural"];

    public override IReadOnlyList<string> Words =>
    [
        "\"format\":1", "\"class\":\"CfC\"", "\"class\":\"LTC\"", "\"constructor\":{", "\"variant\":{", "\"timespan_scale\":", "\"features\":[",
        "\"outputs\":[", "\"fixed_point\":{", "\"provenance\":{", "\"input_size\":", "\"units\":", "\"wiring\":{", "\"class\":\"AutoNCP\"",
        "\"class\":\"NCP\"", "\"class\":\"FullyConnected\"", "\"class\":\"Random\"", "\"output_size\":", "\"output_dim\":",
        "\"sparsity_level\":", "\"seed\":", "\"random_seed\":", "\"inter_neurons\":", "\"command_neurons\":", "\"motor_neurons\":",
        "\"sensory_fanout\":", "\"inter_fanout\":", "\"recurrent_command_synapses\":", "\"motor_fanin\":", "\"mode\":\"pure\"",
        "\"mode\":\"no_gate\"", "\"activation\":\"gelu\"", "\"backbone_units\":", "\"backbone_layers\":", "\"backbone_dropout\":",
        "\"proj_size\":", "\"mixed_memory\":true", "\"input_mapping\":\"linear\"", "\"output_mapping\":null", "\"ode_unfolds\":",
        "\"epsilon\":", "\"implicit_param_constraints\":false", "\"head_activation\":\"identity\"", "\"memory\":\"input\"",
        "\"forget_gate_bias\":", "\"timespan_offset\":", "\"precision\":\"int16\"", "\"inputs\":[", "\"state\":", "\"hidden\":[",
        "\"name\":\"a\"", "\"unit\":\"1\"", "\"mean\":", "\"scale\":", "\"bound\":", "\"rate_bound\":", "\\ud800", "2147483647", "8192",
        "65536", "9007199254740991", "1e308", "-1", "null",
    ];

    public override string FileName => "input.safetensors";

    public override void Read(byte[] input) =>
        ModelFile.FindDocument(FileName, [KeyValuePair.Create(ModelFile.MetadataKey, Encoding.UTF8.GetString(input))]);

    public override bool Declares(Exception thrown) => thrown is ModelFormatException;
}
