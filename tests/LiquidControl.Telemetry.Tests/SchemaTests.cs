using Google.Protobuf;
using Google.Protobuf.Reflection;
using LiquidControl.Control;
using LiquidControl.Telemetry.Mcap;
using Xunit;
using ControlState = LiquidControl.Control.ControlState;

namespace LiquidControl.Telemetry.Tests;

/// <summary>The schema is one to others too: Google's own library builds it and finds every field, its type and its words.</summary>
public class SchemaTests
{
    private static readonly MessageDescriptor Cycle = Build();

    [Fact]
    public void Every_field_stands_in_the_schema_with_a_type_that_keeps_its_bits()
    {
        string[] names = [.. TestRecording.Layout.Fields.Select(field => field.Name).Distinct()];
        Assert.Equal(names, Cycle.Fields.InDeclarationOrder().Select(field => field.Name));
        foreach (var field in TestRecording.Layout.Fields)
        {
            var described = Cycle.FindFieldByName(field.Name);
            Assert.Equal(field.Joint is not null, described.IsRepeated);
            Assert.Equal(Expected(field), described.FieldType);
            if (described.IsRepeated) Assert.True(described.IsPacked);
        }
    }

    [Fact]
    public void A_choice_has_its_words()
    {
        var state = Cycle.FindFieldByName("state").EnumType;
        Assert.Equal(Enum.GetNames<ControlState>().Length, state.Values.Count);
        Assert.Equal((int)ControlState.Holding, state.FindValueByName("STATE_HOLDING").Number);
        Assert.Equal(2, Cycle.FindFieldByName("setpoint_result").EnumType.FindValueByName("SETPOINT_RESULT_START_BEYOND_LIMIT").Number);
    }

    [Fact]
    public void Units_and_the_words_of_flags_stand_in_the_channels_metadata()
    {
        using var reader = McapReader.Open("f", new MemoryStream(TestRecording.File([])));
        Assert.False(reader.Read());
        var channel = Assert.Single(reader.Channels).Value;
        Assert.Equal(("/cycle", "protobuf", "liquidcontrol.Cycle"), (channel.Topic, channel.MessageEncoding, channel.Schema.Name));
        Assert.Equal(("rad/s²", "ns", "N·m"), (channel.Metadata["reference_acceleration.unit"], channel.Metadata["timestamp.unit"], channel.Metadata["torque.unit"]));
        Assert.StartsWith("0:None 1:EncoderSilent 2:EncoderImplausible 4:LoopLate ", channel.Metadata["faults.words"], StringComparison.Ordinal);
        Assert.False(channel.Metadata.ContainsKey("state.words"));
        Assert.Equal(("liquidcontrol", "liquidcontrol test"), (reader.Profile, reader.Library));
        Assert.Equal("ct-eso", reader.Metadata["liquidcontrol.recording"].Entries["controller"].Value);
    }

    private static FieldType Expected(RecordField field) => field.Kind switch
    {
        RecordKind.F64 => FieldType.Double,
        RecordKind.I64 => FieldType.SFixed64,
        RecordKind.I32 or RecordKind.I16 => FieldType.SFixed32,
        _ when field.Words.Count == 0 => FieldType.Bool,
        _ => field.IsFlags ? FieldType.Fixed32 : FieldType.Enum,
    };

    private static MessageDescriptor Build()
    {
        byte[] schema = new CycleEncoder(TestRecording.Layout.Fields).Channel().Schema.Data;
        var set = FileDescriptorSet.Parser.ParseFrom(schema);
        return Assert.Single(FileDescriptor.BuildFromByteStrings(set.File.Select(file => file.ToByteString()))).FindTypeByName<MessageDescriptor>("Cycle");
    }
}
