using System.Text.Json;
using LiquidControl.Neural.Wirings;

namespace LiquidControl.Neural;

/// <summary>
/// The part of a model's document that says what network it is: "class" and "constructor" as the reference library takes them, and
/// "variant" for what its other ports compute differently.
/// </summary>
internal static class ArchitectureDocument
{
    private const string CfcClass = "CfC";
    private const string LtcClass = "LTC";

    /// <summary>In the order of <see cref="LtcMapping"/>, whose None is JSON's null.</summary>
    private static readonly string[] Mappings = ["affine", "linear"];

    /// <summary>In the order of <see cref="MemoryCoupling"/>, without its None.</summary>
    private static readonly string[] MemoryCouplings = ["state", "input"];

    /// <exception cref="ModelFormatException">It is incomplete, contradicts itself or makes no network.</exception>
    public static NetworkArchitecture Read(JsonPlace root)
    {
        JsonPlace kind = root.Member("class");
        JsonPlace constructor = root.Member("constructor");
        NetworkArchitecture architecture = kind.Text() switch
        {
            CfcClass when constructor.TryMember("wiring", out JsonPlace wiring) => ReadWiredCfc(constructor, wiring),
            CfcClass => ReadDenseCfc(constructor),
            LtcClass => ReadLtc(constructor),
            _ => throw kind.Wrong($"{CfcClass} or {LtcClass}"),
        };
        architecture = ReadMemory(root, constructor, architecture);
        architecture = ReadVariant(root, architecture);
        architecture.ThrowIfInvalid(root.File);
        return architecture;
    }

    public static void Write(NetworkArchitecture architecture, Utf8JsonWriter json)
    {
        json.WriteString("class", architecture is LtcArchitecture ? LtcClass : CfcClass);
        json.WriteStartObject("constructor");
        json.WriteNumber("input_size", architecture.InputSize);
        switch (architecture)
        {
            case CfcArchitecture dense:
                WriteDenseCfc(dense, json);
                break;
            case WiredCfcArchitecture wired:
                WriteWiring(wired.Wiring, json);
                json.WriteString("mode", CfcNames.Name(wired.Mode));
                WriteProjection(wired.ProjectionSize, json);
                break;
            case LtcArchitecture ltc:
                WriteLtc(ltc, json);
                break;
        }

        if (architecture.Memory != MemoryCoupling.None) json.WriteBoolean("mixed_memory", true);
        json.WriteEndObject();
        WriteVariant(architecture, json);
    }

    private static CfcArchitecture ReadDenseCfc(JsonPlace constructor)
    {
        constructor.AllowOnly("input_size", "units", "mode", "activation", "backbone_units", "backbone_layers", "backbone_dropout",
            "proj_size", "mixed_memory", "wiring", "return_sequences", "batch_first");
        CfcArchitecture defaults = new()
        {
            InputSize = constructor.Member("input_size").Whole(),
            Units = constructor.Member("units").Whole(),
        };
        return defaults with
        {
            Mode = ReadMode(constructor),
            Activation = constructor.TryMember("activation", out JsonPlace activation)
                ? CfcNames.Activation(activation)
                : defaults.Activation,
            BackboneUnits = constructor.TryMember("backbone_units", out JsonPlace units) ? units.Whole() : defaults.BackboneUnits,
            BackboneLayers = constructor.TryMember("backbone_layers", out JsonPlace layers) ? layers.Whole() : defaults.BackboneLayers,
            BackboneDropout = constructor.TryMember("backbone_dropout", out JsonPlace dropout) && dropout.Number() > 0.0,
            ProjectionSize = ReadProjection(constructor),
        };
    }

    private static WiredCfcArchitecture ReadWiredCfc(JsonPlace constructor, JsonPlace wiring)
    {
        // The reference library takes an activation here and ignores it: there is no backbone.
        constructor.AllowOnly("input_size", "wiring", "mode", "activation", "proj_size", "mixed_memory", "return_sequences", "batch_first");
        return new WiredCfcArchitecture
        {
            InputSize = constructor.Member("input_size").Whole(),
            Wiring = WiringRecipe.Read(wiring),
            Mode = ReadMode(constructor),
            ProjectionSize = ReadProjection(constructor),
        };
    }

    private static LtcArchitecture ReadLtc(JsonPlace constructor)
    {
        constructor.AllowOnly("input_size", "units", "wiring", "mixed_memory", "input_mapping", "output_mapping", "ode_unfolds", "epsilon",
            "implicit_param_constraints", "return_sequences", "batch_first");
        LtcArchitecture defaults = new()
        {
            InputSize = constructor.Member("input_size").Whole(),
            Wiring = constructor.TryMember("wiring", out JsonPlace wiring)
                ? WiringRecipe.Read(wiring)
                : new FullyConnectedRecipe(constructor.Member("units").Whole()),
        };
        return defaults with
        {
            InputMapping = ReadMapping(constructor, "input_mapping"),
            OutputMapping = ReadMapping(constructor, "output_mapping"),
            OdeUnfolds = constructor.TryMember("ode_unfolds", out JsonPlace unfolds) ? unfolds.Whole() : defaults.OdeUnfolds,
            Epsilon = constructor.TryMember("epsilon", out JsonPlace epsilon) ? epsilon.Number() : defaults.Epsilon,
            ImplicitConstraints = !constructor.TryMember("implicit_param_constraints", out JsonPlace constraints) || constraints.Truth(),
        };
    }

    private static NetworkArchitecture ReadMemory(JsonPlace root, JsonPlace constructor, NetworkArchitecture architecture)
    {
        if (!constructor.TryMember("mixed_memory", out JsonPlace mixed) || !mixed.Truth()) return architecture;
        architecture = architecture with { Memory = MemoryCoupling.State };
        if (!root.TryMember("variant", out JsonPlace variant)) return architecture;
        return architecture with
        {
            Memory = variant.TryMember("memory", out JsonPlace memory)
                ? (MemoryCoupling)(1 + memory.OneOf(MemoryCouplings))
                : architecture.Memory,
            ForgetGateBias = variant.TryMember("forget_gate_bias", out JsonPlace bias) ? bias.Number() : architecture.ForgetGateBias,
        };
    }

    private static NetworkArchitecture ReadVariant(JsonPlace root, NetworkArchitecture architecture)
    {
        if (!root.TryMember("variant", out JsonPlace variant)) return architecture;
        variant.AllowOnly("head_activation", "memory", "forget_gate_bias", "timespan_offset");
        bool hasHeads = variant.TryMember("head_activation", out JsonPlace heads);
        bool hasOffset = variant.TryMember("timespan_offset", out JsonPlace offset);
        if (architecture is LtcArchitecture ltc)
        {
            if (hasHeads) throw heads.Wrong("nothing: an LTC has no heads");
            return hasOffset ? ltc with { TimespanOffset = offset.Number() } : ltc;
        }

        if (hasOffset) throw offset.Wrong("nothing: only an LTC adds to its timespan");
        if (!hasHeads) return architecture;
        HeadActivation activation = CfcNames.HeadActivation(heads);
        return architecture is WiredCfcArchitecture wired
            ? wired with { HeadActivation = activation }
            : (CfcArchitecture)architecture with { HeadActivation = activation };
    }

    private static CfcMode ReadMode(JsonPlace constructor) =>
        constructor.TryMember("mode", out JsonPlace mode) ? CfcNames.Mode(mode) : CfcMode.Default;

    private static int? ReadProjection(JsonPlace constructor) =>
        constructor.TryMember("proj_size", out JsonPlace projection) ? projection.Whole() : null;

    private static LtcMapping ReadMapping(JsonPlace constructor, string name)
    {
        if (constructor.IsNull(name)) return LtcMapping.None;
        return constructor.TryMember(name, out JsonPlace mapping) ? (LtcMapping)mapping.OneOf(Mappings) : LtcMapping.Affine;
    }

    private static void WriteDenseCfc(CfcArchitecture dense, Utf8JsonWriter json)
    {
        json.WriteNumber("units", dense.Units);
        json.WriteString("mode", CfcNames.Name(dense.Mode));
        json.WriteString("activation", CfcNames.Name(dense.Activation));
        json.WriteNumber("backbone_units", dense.BackboneUnits);
        json.WriteNumber("backbone_layers", dense.BackboneLayers);
        // The rate itself is of no use after training; that there was one shifts the keys.
        json.WriteNumber("backbone_dropout", dense.BackboneDropout ? 0.5 : 0.0);
        WriteProjection(dense.ProjectionSize, json);
    }

    private static void WriteLtc(LtcArchitecture ltc, Utf8JsonWriter json)
    {
        WriteWiring(ltc.Wiring, json);
        WriteMapping("input_mapping", ltc.InputMapping, json);
        WriteMapping("output_mapping", ltc.OutputMapping, json);
        json.WriteNumber("ode_unfolds", ltc.OdeUnfolds);
        json.WriteNumber("epsilon", ltc.Epsilon);
        json.WriteBoolean("implicit_param_constraints", ltc.ImplicitConstraints);
    }

    private static void WriteMapping(string name, LtcMapping mapping, Utf8JsonWriter json)
    {
        if (mapping == LtcMapping.None) json.WriteNull(name);
        else json.WriteString(name, Mappings[(int)mapping]);
    }

    private static void WriteWiring(WiringRecipe wiring, Utf8JsonWriter json)
    {
        json.WritePropertyName("wiring");
        wiring.Write(json);
    }

    private static void WriteProjection(int? projection, Utf8JsonWriter json)
    {
        if (projection is int size) json.WriteNumber("proj_size", size);
    }

    /// <summary>Only what differs from the reference library.</summary>
    private static void WriteVariant(NetworkArchitecture architecture, Utf8JsonWriter json)
    {
        HeadActivation heads = architecture switch
        {
            CfcArchitecture dense => dense.HeadActivation,
            WiredCfcArchitecture wired => wired.HeadActivation,
            _ => HeadActivation.Tanh,
        };
        double offset = architecture is LtcArchitecture ltc ? ltc.TimespanOffset : 0.0;
        bool remembers = architecture.Memory != MemoryCoupling.None;
        bool feedsInput = architecture.Memory == MemoryCoupling.Input;
        bool ownBias = remembers && architecture.ForgetGateBias != 1.0;
        if (heads == HeadActivation.Tanh && offset == 0.0 && !feedsInput && !ownBias) return;

        json.WriteStartObject("variant");
        if (heads != HeadActivation.Tanh) json.WriteString("head_activation", CfcNames.Name(heads));
        if (feedsInput) json.WriteString("memory", MemoryCouplings[(int)MemoryCoupling.Input - 1]);
        if (ownBias) json.WriteNumber("forget_gate_bias", architecture.ForgetGateBias);
        if (offset != 0.0) json.WriteNumber("timespan_offset", offset);
        json.WriteEndObject();
    }
}
