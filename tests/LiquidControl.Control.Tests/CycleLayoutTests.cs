using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Control.Tests;

public sealed class CycleLayoutTests
{
    private const int Joints = 6;

    private readonly CycleLayout _layout = new(Joints);

    [Fact]
    public void A_record_comes_back_with_every_bit()
    {
        byte[] bytes = Random(1), again = new byte[_layout.Size];
        CycleRecord record = new(Joints);
        _layout.Read(bytes, record);
        _layout.Write(record, again);
        Assert.Equal(bytes, again);
        Assert.Equal(Field("cycle").Whole(bytes), record.Cycle);
        Assert.Equal(Field("drive_6").Number(bytes), record.Drive[5]);
        Assert.Equal(Field("encoder_timestamp_2").Whole(bytes), record.Sensors.EncoderTimestampNs[1]);
        Assert.Equal(Field("state").Whole(bytes), (long)record.State);
    }

    [Fact]
    public void Every_property_of_a_record_and_its_sensors_stands_in_it()
    {
        int numbers = Count(typeof(CycleRecord)) + Count(typeof(SensorFrame));
        Assert.Equal(numbers, _layout.Fields.Count);
        Assert.Equal(numbers, _layout.Fields.Select(field => field.Title).Distinct().Count());
    }

    [Fact]
    public void Fields_follow_each_other_without_gaps()
    {
        int end = 0;
        foreach (RecordField field in _layout.Fields)
        {
            Assert.Equal(end, field.Offset);
            end += CycleLayout.SizeOf(field.Kind);
        }

        Assert.Equal(end, _layout.Size);
    }

    [Fact]
    public void A_field_is_read_by_its_name_as_number_and_as_words()
    {
        byte[] bytes = new byte[_layout.Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, 1L << 40);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(Field("position_3").Offset), 0.1 + 0.2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(Field("acceleration_y_counts").Offset), -7);
        bytes[Field("state").Offset] = (byte)ControlState.Holding;
        bytes[Field("encoder_status_6").Offset] = (byte)ChannelStatus.ParityError;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Field("read_faults").Offset), (ushort)(HardwareFaults.EncoderBus | HardwareFaults.PwmReset));
        Assert.Equal(1L << 40, Field("cycle").Whole(bytes));
        Assert.Equal(0.1 + 0.2, double.Parse(Field("position_3").Text(bytes), CultureInfo.InvariantCulture));
        Assert.Equal("-7", Field("acceleration_y_counts").Text(bytes));
        Assert.Equal("Holding", Field("state").Text(bytes));
        Assert.Equal("ParityError", Field("encoder_status_6").Text(bytes));
        Assert.Equal("EncoderBus|PwmReset", Field("read_faults").Text(bytes));
        Assert.Equal("None", Field("write_faults").Text(bytes));
        Assert.Equal("V", Field("supply").Unit);
        Assert.Throws<InvalidOperationException>(() => Field("supply").Whole(bytes));
    }

    [Fact]
    public void Bits_without_a_word_are_shown_as_a_number()
    {
        byte[] bytes = new byte[_layout.Size];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Field("read_faults").Offset), 0x8001);
        bytes[Field("encoder_status_1").Offset] = 77;
        Assert.Equal("32769", Field("read_faults").Text(bytes));
        Assert.Equal("77", Field("encoder_status_1").Text(bytes));
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        CycleRecord record = new(Joints);
        byte[] bytes = Random(3);
        for (int i = 0; i < 50; i++)
            Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            _layout.Read(bytes, record);
            _layout.Write(record, bytes);
        }
    }

    private RecordField Field(string title) => _layout.Fields.Single(field => field.Title == title);

    /// <summary>Bytes of 0 and 1, so that every truth value is one.</summary>
    private byte[] Random(ulong seed)
    {
        RandomStream random = new(seed);
        byte[] bytes = new byte[_layout.Size];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.NextInt(2);
        return bytes;
    }

    private static int Count(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType != typeof(SensorFrame) && property.Name != nameof(SensorFrame.JointCount))
        .Sum(property => !property.PropertyType.IsArray ? 1 : property.Name == nameof(SensorFrame.ImuCounts) ? 7 : Joints);
}
