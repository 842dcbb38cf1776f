using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LiquidControl.Neural;

/// <summary>
/// The JSON that says what a state_dict does not: class and constructor as the reference library takes them, and the meaning of the
/// numbers. The same document stands in a model's __metadata__ or beside a model from Python, in &lt;name&gt;.json.
/// </summary>
internal sealed record ModelDocument(CfcArchitecture Architecture, ModelMetadata Metadata)
{
    private const int FormatVersion = 1;

    // The relaxed encoder keeps ° and · readable; the text ends up in no web page.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="root">The document.</param>
    /// <param name="strict">Whether unknown keys are errors; a side file may hold more than this.</param>
    public static ModelDocument Read(JsonPlace root, bool strict)
    {
        if (strict) root.AllowOnly("format", "class", "constructor", "timespan_scale", "features", "outputs", "provenance");
        if (root.TryMember("format", out JsonPlace format) && format.Whole() != FormatVersion) throw format.Wrong($"{FormatVersion}");

        ModelMetadata metadata = new()
        {
            TimespanScale = root.TryMember("timespan_scale", out JsonPlace scale) ? scale.Number() : 1.0,
            Features = root.TryMember("features", out JsonPlace features) ? [.. features.Items().Select(ReadFeature)] : [],
            Outputs = root.TryMember("outputs", out JsonPlace outputs) ? [.. outputs.Items().Select(ReadOutput)] : [],
            Provenance = root.TryMember("provenance", out JsonPlace provenance)
                ? [.. provenance.Members().Select(member => KeyValuePair.Create(member.Name, member.Value.Text()))]
                : [],
        };
        CfcArchitecture architecture = ReadArchitecture(root);
        metadata.ThrowIfInvalid(architecture, root.File);
        return new ModelDocument(architecture, metadata);
    }

    public string Write()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format", FormatVersion);
            json.WriteString("class", "CfC");
            WriteConstructor(json);
            json.WriteNumber("timespan_scale", Metadata.TimespanScale);
            WriteFeatures(json);
            WriteOutputs(json);
            json.WriteStartObject("provenance");
            foreach ((string key, string value) in Metadata.Provenance) json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static CfcArchitecture ReadArchitecture(JsonPlace root)
    {
        JsonPlace kind = root.Member("class");
        if (kind.Text() is "LTC") throw new UnsupportedModelException(root.File, "LTC (liquid time-constant network)");
        if (kind.Text() is not "CfC") throw kind.Wrong("CfC");

        JsonPlace constructor = root.Member("constructor");
        if (constructor.TryMember("wiring", out _)) throw new UnsupportedModelException(root.File, "wired CfC");
        if (constructor.TryMember("mixed_memory", out JsonPlace mixed) && mixed.Truth())
        {
            throw new UnsupportedModelException(root.File, "CfC with mixed memory (LSTM)");
        }

        constructor.AllowOnly("input_size", "units", "mode", "activation", "backbone_units", "backbone_layers", "backbone_dropout",
            "proj_size", "mixed_memory", "wiring", "return_sequences", "batch_first");
        CfcArchitecture defaults = new()
        {
            InputSize = constructor.Member("input_size").Whole(),
            Units = constructor.Member("units").Whole(),
        };
        CfcArchitecture architecture = defaults with
        {
            Mode = constructor.TryMember("mode", out JsonPlace mode) ? CfcNames.Mode(mode) : defaults.Mode,
            Activation = constructor.TryMember("activation", out JsonPlace activation)
                ? CfcNames.Activation(activation)
                : defaults.Activation,
            BackboneUnits = constructor.TryMember("backbone_units", out JsonPlace units) ? units.Whole() : defaults.BackboneUnits,
            BackboneLayers = constructor.TryMember("backbone_layers", out JsonPlace layers) ? layers.Whole() : defaults.BackboneLayers,
            BackboneDropout = constructor.TryMember("backbone_dropout", out JsonPlace dropout) && dropout.Number() > 0.0,
            ProjectionSize = constructor.TryMember("proj_size", out JsonPlace projection) ? projection.Whole() : null,
        };
        architecture.ThrowIfInvalid(root.File);
        return architecture;
    }

    private void WriteConstructor(Utf8JsonWriter json)
    {
        json.WriteStartObject("constructor");
        json.WriteNumber("input_size", Architecture.InputSize);
        json.WriteNumber("units", Architecture.Units);
        json.WriteString("mode", CfcNames.Name(Architecture.Mode));
        json.WriteString("activation", CfcNames.Name(Architecture.Activation));
        json.WriteNumber("backbone_units", Architecture.BackboneUnits);
        json.WriteNumber("backbone_layers", Architecture.BackboneLayers);
        // The rate itself is of no use after training; that there was one shifts the keys.
        json.WriteNumber("backbone_dropout", Architecture.BackboneDropout ? 0.5 : 0.0);
        if (Architecture.ProjectionSize is int projection) json.WriteNumber("proj_size", projection);
        json.WriteEndObject();
    }

    private static ModelFeature ReadFeature(JsonPlace item)
    {
        item.AllowOnly("name", "unit", "mean", "scale");
        return new ModelFeature(item.Member("name").Text(), item.Member("unit").Text(), item.Member("mean").Number(),
            item.Member("scale").Number());
    }

    private void WriteFeatures(Utf8JsonWriter json)
    {
        json.WriteStartArray("features");
        foreach (ModelFeature feature in Metadata.Features)
        {
            json.WriteStartObject();
            json.WriteString("name", feature.Name);
            json.WriteString("unit", feature.Unit);
            json.WriteNumber("mean", feature.Mean);
            json.WriteNumber("scale", feature.Scale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ModelOutput ReadOutput(JsonPlace item)
    {
        item.AllowOnly("name", "unit", "scale", "bound", "rate_bound");
        return new ModelOutput(item.Member("name").Text(), item.Member("unit").Text(), item.Member("scale").Number(),
            item.TryMember("bound", out JsonPlace bound) ? bound.Number() : null,
            item.TryMember("rate_bound", out JsonPlace rate) ? rate.Number() : null);
    }

    private void WriteOutputs(Utf8JsonWriter json)
    {
        json.WriteStartArray("outputs");
        foreach (ModelOutput output in Metadata.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("name", output.Name);
            json.WriteString("unit", output.Unit);
            json.WriteNumber("scale", output.Scale);
            if (output.Bound is double bound) json.WriteNumber("bound", bound);
            if (output.RateBound is double rate) json.WriteNumber("rate_bound", rate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
