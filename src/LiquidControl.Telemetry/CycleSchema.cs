using System.Globalization;
using System.Text;
using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;
using LiquidControl.Telemetry.Protobuf;

namespace LiquidControl.Telemetry;

/// <summary>
/// The fields of a record as a protobuf message: those of several joints are one repeated field. Units, which a descriptor has no place for,
/// and the words of flags stand in the channel's metadata under <c>NAME.unit</c> and <c>NAME.words</c>.
/// </summary>
internal sealed class CycleSchema
{
    public const string MessageName = "Cycle";

    public const string Package = "liquidcontrol";

    public const string Encoding = "protobuf";

    private const string Topic = "/cycle";

    private readonly IGrouping<string, RecordField>[] _groups;

    /// <param name="fields">Of the record.</param>
    public CycleSchema(IReadOnlyList<RecordField> fields)
    {
        _groups = [.. fields.GroupBy(field => field.Name)];
        Fields = [.. _groups.Select((group, i) => new SchemaField(group.Key, i + 1, SchemaField.TypeOf(group.First()), group.First().Joint is not null))];
    }

    public static string FullName => $"{Package}.{MessageName}";

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<SchemaField> Fields { get; }

    /// <summary>The record's fields behind a message's, by joint.</summary>
    public RecordField[] RecordFields(int index) => [.. _groups[index].OrderBy(field => field.Joint ?? 0)];

    public McapChannel Channel() => new(Topic, Encoding, new(FullName, Encoding, Descriptor()), Metadata());

    private Dictionary<string, string> Metadata()
    {
        Dictionary<string, string> metadata = [];
        foreach (var field in _groups.Select(group => group.First()))
        {
            if (field.Unit.Length > 0)
                metadata.Add($"{field.Name}.unit", field.Unit);
            if (field.IsFlags)
                metadata.Add($"{field.Name}.words", string.Join(' ', field.Words.Select(word => string.Create(CultureInfo.InvariantCulture, $"{word.Key}:{word.Value}"))));
        }

        return metadata;
    }

    /// <summary>A FileDescriptorSet (google/protobuf/descriptor.proto, whose field numbers these are) of one file with the one message.</summary>
    private byte[] Descriptor()
    {
        ProtobufWriter message = new();
        message.Text(1, MessageName);
        for (int i = 0; i < Fields.Count; i++)
        {
            message.Message(2, FieldDescriptor(Fields[i]));
            if (Fields[i].Type == ProtobufType.Enum)
                message.Message(4, EnumDescriptor(_groups[i].First()));
        }

        ProtobufWriter file = new();
        file.Text(1, "liquidcontrol/cycle.proto");
        file.Text(2, Package);
        file.Message(4, message.Bytes);
        file.Text(12, "proto3");
        ProtobufWriter set = new();
        set.Message(1, file.Bytes);
        return set.Bytes.ToArray();
    }

    private static byte[] FieldDescriptor(SchemaField field)
    {
        const int Optional = 1, Repeated = 3;
        ProtobufWriter descriptor = new();
        descriptor.Text(1, field.Name);
        descriptor.Number(3, field.Number);
        descriptor.Number(4, field.IsRepeated ? Repeated : Optional);
        descriptor.Number(5, (int)field.Type);
        if (field.Type == ProtobufType.Enum)
            descriptor.Text(6, $".{FullName}.{EnumName(field.Name)}");
        return descriptor.Bytes.ToArray();
    }

    private static byte[] EnumDescriptor(RecordField field)
    {
        ProtobufWriter descriptor = new();
        descriptor.Text(1, EnumName(field.Name));

        // Protobuf wants the zero first, and names that no other enumeration of the message has.
        foreach (var word in field.Words.DistinctBy(word => word.Key).OrderBy(word => word.Key))
        {
            ProtobufWriter value = new();
            value.Text(1, $"{field.Name.ToUpperInvariant()}_{Snake(word.Value).ToUpperInvariant()}");
            value.Number(2, word.Key);
            descriptor.Message(2, value.Bytes);
        }

        return descriptor.Bytes.ToArray();
    }

    private static string EnumName(string field) => string.Concat(field.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static string Snake(string word)
    {
        StringBuilder snake = new();
        foreach (char letter in word)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
