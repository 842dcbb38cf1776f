using LiquidControl.Control;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Telemetry.Tests;

/// <summary>What is written is read: every bit of every field, and what a recording says of itself.</summary>
public class RoundTripTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_field_keeps_every_bit(ulong seed)
    {
        byte[][] records = TestRecording.Records(seed, 1200);
        using var reader = TestRecording.Open(TestRecording.File(records));
        Assert.Equal(TestRecording.Origin, reader.Origin);
        Assert.Empty(reader.MissingFields);
        Assert.Null(reader.End);
        var read = TestRecording.Read(reader);
        Assert.Equal(records.Length, read.Count);
        for (int i = 0; i < records.Length; i++)
            Assert.True(records[i].AsSpan().SequenceEqual(read[i]), $"record {i}");
        Assert.True(reader.End is { IsWhole: true, Reason: "" });
        Assert.Equal((uint)records.Length - 1, reader.Number);
    }

    [Fact]
    public void A_field_of_the_writer_alone_is_passed_over_and_one_of_the_reader_alone_is_named()
    {
        RecordField last = TestRecording.Layout.Fields[^1];
        RecordField extra = new("loop_skipped", null, RecordKind.I64, "", TestRecording.Layout.Size, [], IsFlags: false);
        RecordField[] fields = [extra with { Name = "before" }, .. TestRecording.Layout.Fields.Where(field => field.Name != "torque"), extra with { Offset = extra.Offset + 8 }];
        byte[][] records = TestRecording.Records(3, 10, fields: fields);
        using var reader = TestRecording.Open(TestRecording.File(records, fields));
        Assert.Equal(["torque"], reader.MissingFields);
        var read = TestRecording.Read(reader);
        for (int i = 0; i < records.Length; i++)
        {
            foreach (var field in TestRecording.Layout.Fields)
                Assert.Equal(field.Name == "torque" ? 0 : field.Bits(records[i]), field.Bits(read[i]));
        }

        Assert.Equal(TestRecording.Layout.Size, last.Offset + CycleLayout.SizeOf(last.Kind));
    }

    [Fact]
    public void A_recording_without_cycles_is_one()
    {
        using var reader = TestRecording.Open(TestRecording.File([]));
        Assert.Equal("ar4-dc", reader.Origin.Robot);
        Assert.Empty(TestRecording.Read(reader));
        Assert.True(reader.End!.IsWhole);
    }

    /// <summary>What a loss of power costs: a second, or where the clock stands still, 4 MiB.</summary>
    [Fact]
    public void A_chunk_holds_a_second_and_is_bounded_where_the_clock_stands()
    {
        var chunks = TestRecording.RecordsOf(TestRecording.File(TestRecording.Records(4, 1200))).Where(record => record.Kind == 6).ToArray();
        Assert.Equal(3, chunks.Length);
        Assert.Equal(chunks[0].End - chunks[0].At, chunks[1].End - chunks[1].At, 0.01 * (chunks[0].End - chunks[0].At));
        chunks = [.. TestRecording.RecordsOf(TestRecording.File(TestRecording.Records(5, 6000, periodNs: 0))).Where(record => record.Kind == 6)];
        Assert.True(chunks.Length > 1);
        Assert.All(chunks, chunk => Assert.InRange(chunk.End - chunk.At, 1, (4 << 20) + 8192));
    }

    [Fact]
    public void The_checksums_of_data_and_summary_are_those_of_their_bytes()
    {
        byte[] file = TestRecording.File(TestRecording.Records(8, 600));
        var records = TestRecording.RecordsOf(file);
        var end = records.Single(record => record.Kind == 15);
        Assert.Equal(Crc32.Of(file.AsSpan(0, end.At)), BitConverter.ToUInt32(file, end.Content));
        var footer = records[^1];
        int summary = (int)BitConverter.ToInt64(file, footer.Content);
        Assert.Equal(end.End, summary);
        Assert.Equal(Crc32.Of(file.AsSpan(summary, footer.Content + 16 - summary)), BitConverter.ToUInt32(file, footer.Content + 16));
    }

    [Fact]
    public void A_disk_that_is_full_leaves_whole_chunks()
    {
        byte[][] records = TestRecording.Records(6, 1200);
        FullDisk disk = new(room: 900_000);
        RecordingWriter writer = new(disk, TestRecording.Origin, TestRecording.Layout.Fields);
        Assert.Throws<IOException>(() =>
        {
            foreach (byte[] record in records) writer.Add(0, record);
        });
        writer.Dispose();
        using var reader = TestRecording.Open(disk.ToArray());
        Assert.Equal(500, TestRecording.Read(reader).Count);
        Assert.False(reader.End!.IsWhole);
    }

    /// <summary>Takes what there is room for, then fails, as a disk does.</summary>
    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(buffer.Length, room - Length);
            base.Write(buffer[..fits]);
            if (fits < buffer.Length) throw new IOException("No space left on device.");
        }
    }
}
