using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Neural;

/// <summary>
/// The JSON that says what a state_dict does not: class and constructor as the reference library takes them, and the meaning of the
/// numbers. The same document stands in a model's __metadata__ or beside a model from Python, in &lt;name&gt;.json.
/// </summary>
public sealed record ModelDocument(NetworkArchitecture Architecture, ModelMetadata Metadata)
{
    private const int FormatVersion = 1;

    // The relaxed encoder keeps ° and · readable; the text ends up in no web page.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A description in a file of its own, which may hold other keys besides.</summary>
    /// <exception cref="ModelFormatException">The file is missing or not a sound description.</exception>
    public static ModelDocument ReadFile(string path) => Read(ModelFile.ReadJson(path), strict: false);

    /// <param name="root">The document.</param>
    /// <param name="strict">Whether unknown keys are errors; a side file may hold more than this.</param>
    internal static ModelDocument Read(JsonPlace root, bool strict)
    {
        if (strict) root.AllowOnly("format", "class", "constructor", "variant", "timespan_scale", "features", "outputs", "fixed_point", "provenance");
        if (root.TryMember("format", out JsonPlace format) && format.Whole() != FormatVersion) throw format.Wrong($"{FormatVersion}");

        ModelMetadata metadata = new()
        {
            TimespanScale = root.TryMember("timespan_scale", out JsonPlace scale) ? scale.Number() : 1.0,
            Features = root.TryMember("features", out JsonPlace features) ? [.. features.Items().Select(ReadFeature)] : [],
            Outputs = root.TryMember("outputs", out JsonPlace outputs) ? [.. outputs.Items().Select(ReadOutput)] : [],
            FixedPoint = root.TryMember("fixed_point", out JsonPlace fixedPoint) ? FixedPointCalibration.Read(fixedPoint) : null,
            Provenance = root.TryMember("provenance", out JsonPlace provenance)
                ? [.. provenance.Members().Select(member => KeyValuePair.Create(member.Name, member.Value.Text()))]
                : [],
        };
        NetworkArchitecture architecture = ArchitectureDocument.Read(root);
        metadata.ThrowIfInvalid(architecture, root.File);
        return new ModelDocument(architecture, metadata);
    }

    /// <summary>The document as text.</summary>
    public string Write()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format", FormatVersion);
            ArchitectureDocument.Write(Architecture, json);
            json.WriteNumber("timespan_scale", Metadata.TimespanScale);
            WriteFeatures(json);
            WriteOutputs(json);
            Metadata.FixedPoint?.Write(json);
            json.WriteStartObject("provenance");
            foreach ((string key, string value) in Metadata.Provenance) json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
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
