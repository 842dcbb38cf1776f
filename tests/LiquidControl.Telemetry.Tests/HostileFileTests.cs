using System.Buffers.Binary;
using System.IO.Pipes;
using System.Text;
using LiquidControl.Numerics;
using LiquidControl.Telemetry.Mcap;
using Xunit;

namespace LiquidControl.Telemetry.Tests;

/// <summary>Files that no recorder writes: each is refused with the place, what was found, what was expected and what to do.</summary>
public class HostileFileTests
{
    private const byte Schema = 3, Channel = 4, Chunk = 6, Metadata = 12, Footer = 2;

    private const string Long = "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890";

    private static readonly byte[] File = TestRecording.File(TestRecording.Records(1, 40));

    private static readonly List<(byte Kind, int At, int Content, int End)> Records = TestRecording.RecordsOf(File);

    public static TheoryData<string, byte[], long, string> Files
    {
        get
        {
            var chunk = Records.First(record => record.Kind == Chunk);
            var footer = Records.First(record => record.Kind == Footer);
            var metadata = Records.First(record => record.Kind == Metadata);
            var schema = Records.First(record => record.Kind == Schema);
            var channel = Records.First(record => record.Kind == Channel);
            var schemaAgain = Records.Last(record => record.Kind == Schema);
            var channelAgain = Records.Last(record => record.Kind == Channel);
            int requests = File.AsSpan().IndexOf("\u0008requests"u8) - 1;
            int records = chunk.Content + 40, message = records + 9;
            return new()
            {
                { "text", "hello world, this is no recording"u8.ToArray(), 0, "the bytes 68656C6C6F20776F, expected those of an MCAP file" },
                { "a ROS bag", "#ROSBAG V2.0\n"u8.ToArray(), 0, "expected those of an MCAP file" },
                { "a newer version", Patched((5, "1"u8.ToArray())), 0, "expected those of an MCAP file" },
                { "no header", Patched((8, [0x0F])), 8, "a record of kind 15, expected the header" },
                { "two headers", Patched((metadata.At, [1])), metadata.At, "a second header" },
                { "a record of kind 0", Patched((chunk.At, [0])), chunk.At, "a record of kind 0" },
                { "a record beyond the end", Patched((chunk.At + 1, Number(ulong.MaxValue))), chunk.At + 1, "of 18446744073709551615 bytes" },
                { "text beyond its record", Patched((metadata.Content, [0xFF, 0xFF, 0xFF, 0x7F])), metadata.Content + 4, "expected 2147483647 for the metadata's name" },
                { "no text", Patched((metadata.Content + 4, [0xFF])), metadata.Content, "bytes that are no UTF-8 in the metadata's name" },
                { "another compression", Compressed("zstd"), chunk.Content + 28, "a chunk compressed with 'zstd'" },
                { "a chunk of another size", Patched((chunk.Content + 16, Number(7))), chunk.Content + 32, "in a chunk of size 7" },
                { "a flipped bit", Patched((records + 500, [(byte)(File[records + 500] ^ 4)])), chunk.Content + 24, "a chunk with the checksum" },
                { "a message beyond its chunk", Summed(Patched((records + 1, Number(1 << 20)))), records + 1, "a record of 1048576 bytes" },
                { "a chunk in a chunk", Summed(Patched((records, [Chunk]))), records, "a record of kind 6 in a chunk" },
                { "a message of no channel", Summed(Patched((message, [7]))), message, "a message of channel 7" },
                { "a channel of no schema", Patched((channel.Content + 2, [9])), channel.Content + 2, "schema 9 of channel '/cycle'" },
                { "a schema of number 0", Patched((schema.Content, [0])), schema.Content, "a schema of number 0" },
                { "two schemas of a number", Patched((schemaAgain.Content + 6, "L"u8.ToArray())), schemaAgain.Content, "schema 1 a second time, as another one" },
                { "two channels of a number", Patched((channelAgain.Content + 8, "_"u8.ToArray())), channelAgain.Content, "channel 1 a second time, as another one" },
                { "a field of number 0", Patched((requests + 11, [0])), requests, "a field 'requests' of number 0" },
                { "two fields of a number", Patched((requests + 11, [1])), requests, "a second field of the name 'requests' or the number 1" },
                { "messages of no schema", Patched((channel.Content + 2, [0])), channel.Content + 2, "messages of type '' in ''" },
                { "messages of another kind", Patched((schema.Content + 6, "L"u8.ToArray())), schema.Content + 41, "messages of type 'Liquidcontrol.Cycle'" },
                { "a field of another type", TorqueOfType(16), File.AsSpan().IndexOf("\u0006torque"u8) - 1, "field 'torque' of repeated SFixed64, expected repeated Double" },
                { "a field of wire type 7", Summed(Patched((message + 22, [0x0F]))), message + 23, "wire type 7" },
                { "a field of another wire type", Summed(Patched((message + 22, [0x0D]))), message + 23, "field 'cycle' as wire type 5, expected 1" },
                { "a field beyond the message", Summed(Patched((message + 22, [0xFA, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]))), message + 29, "to the end of the message" },
                { "a number of eleven bytes", Summed(Patched((message + 22, [.. Enumerable.Repeat((byte)0xFF, 11)]))), message + 32, "a number of more than ten bytes" },
                { "bytes after the footer", [.. File, .. File[^8..]], footer.End, "16 bytes after the footer" },
                { "a footer of another size", Patched((footer.At + 1, Number(19))), footer.At + 1, "a footer of 19 bytes" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_at_its_byte(string what, byte[] file, long offset, string message)
    {
        var error = Assert.Throws<RecordingFormatException>(() => ReadAll(file));
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.True(offset == 0 || offset == error.Offset, $"{what}: byte {error.Offset}, expected {offset}: {error.Message}");
        Assert.StartsWith($"test.mcap: byte {error.Offset}: found ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("joints", "0", "'0' under 'joints'")]
    [InlineData("joints", "1000000", "expected a number from 1 to 64")]
    [InlineData("joints", "2.5", "expected a whole number")]
    [InlineData("rate_hz", "NaN", "'NaN' under 'rate_hz'")]
    [InlineData("mass_scale", "-1", "'-1' under 'mass_scale'")]
    [InlineData("rate_hz", "1e300", "'1e300' under 'rate_hz'")]
    [InlineData("program", null, "no such entry under 'program'")]
    [InlineData("program", "a\u001b[2J", "found a control character under 'program'")]
    [InlineData("controller", "a line\nanother", "found a control character under 'controller'")]
    [InlineData("policy_hash", Long, "found 221 characters under 'policy_hash'")]
    public void Metadata_that_makes_no_sense_is_refused_at_its_entry(string key, string? value, string message)
    {
        Dictionary<string, string> metadata = TestRecording.Origin.ToMetadata();
        if (value is null) metadata.Remove(key);
        else metadata[key] = value;
        byte[] file = WithMetadata(metadata);
        var error = Assert.Throws<RecordingFormatException>(() => ReadAll(file));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        int entry = value is null ? file.AsSpan().IndexOf("liquidcontrol.recording"u8) + 23 : file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) + key.Length;
        Assert.Equal(entry, error.Offset);
    }

    [Fact]
    public void What_fits_no_use_is_told_at_its_entry_too()
    {
        using var reader = TestRecording.Open(File);
        var error = reader.WrongOrigin("controller", "a", "b", "c");
        Assert.Equal(File.AsSpan().IndexOf("controller"u8) + "controller".Length, error.Offset);
    }

    [Fact]
    public void A_pipe_is_no_file_to_read_a_recording_from()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.In);
        Assert.Contains("test.mcap: byte 0: found a pipe", Assert.Throws<RecordingFormatException>(() => RecordingReader.Open("test.mcap", pipe)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_shortened_while_it_is_read_is_refused()
    {
        using MemoryStream stream = new();
        stream.Write(File);
        using var reader = RecordingReader.Open("test.mcap", stream);
        stream.SetLength(File.Length - 100);
        byte[] record = new byte[reader.Layout.Size];
        var error = Assert.Throws<RecordingFormatException>(() =>
        {
            while (reader.Read(record)) { }
        });
        Assert.Equal(File.Length - 100, error.Offset);
        Assert.Contains("found the end of the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_stays_short_and_harmless_whatever_the_file_says()
    {
        var error = Assert.Throws<RecordingFormatException>(() => ReadAll(Compressed("\u001b[2J" + new string('x', 200))));
        Assert.Contains("'\\u001b[2Jxxx", error.Message, StringComparison.Ordinal);
        Assert.InRange(Assert.Throws<RecordingFormatException>(() => ReadAll(Compressed(new string('x', 100_000)))).Message.Length, 500, 1000);
    }

    [Fact]
    public void A_chunk_too_large_to_hold_is_refused_before_memory_is_taken_for_it()
    {
        var chunk = Records.First(record => record.Kind == Chunk);
        using LongFile file = new([.. File[..chunk.At], Chunk, .. Number(1L << 33)], chunk.At + (1L << 34));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("a record of 8589934592 bytes", Assert.Throws<RecordingFormatException>(() => RecordingReader.Open("f", file)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Random_damage_is_read_or_refused_and_never_more()
    {
        RandomStream random = new(11);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] file = [.. File];
            for (int k = random.NextInt(4); k >= 0; k--)
                file[random.NextInt(i % 2 == 0 ? 6000 : file.Length)] = (byte)random.NextInt(256);
            if (i % 3 == 0) Sum(file);
            try
            {
                ReadAll(file);
            }
            catch (RecordingFormatException error)
            {
                Assert.InRange(error.Offset, 0, file.Length);
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3000);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 3000, 0, 8 * File.Length);
    }

    private static void ReadAll(byte[] file)
    {
        using var reader = TestRecording.Open(file);
        TestRecording.Read(reader);
    }

    private static byte[] Patched(params (int At, byte[] Bytes)[] patches)
    {
        byte[] file = [.. File];
        foreach (var (at, bytes) in patches) bytes.CopyTo(file, at);
        return file;
    }

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Number(ulong value) => Number(unchecked((long)value));

    /// <summary>The first chunk's checksum made right again.</summary>
    private static byte[] Summed(byte[] file)
    {
        Sum(file);
        return file;
    }

    private static void Sum(byte[] file)
    {
        var chunk = Records.First(record => record.Kind == Chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(chunk.Content + 24), Crc32.Of(file.AsSpan(chunk.Content + 40, chunk.End - chunk.Content - 40)));
    }

    private static byte[] WithMetadata(Dictionary<string, string> metadata)
    {
        MemoryStream stream = new();
        new McapWriter(stream, RecordingWriter.Profile, "test", (RecordingOrigin.MetadataName, metadata), new CycleEncoder(TestRecording.Layout.Fields).Channel()).Dispose();
        return stream.ToArray();
    }

    private static byte[] Compressed(string name)
    {
        var chunk = Records.First(record => record.Kind == Chunk);
        byte[] text = [.. BitConverter.GetBytes(name.Length), .. Encoding.UTF8.GetBytes(name)];
        byte[] file = [.. File[..(chunk.Content + 28)], .. text, .. File[(chunk.Content + 32)..]];
        Number(chunk.End - chunk.Content + name.Length).CopyTo(file, chunk.At + 1);
        return file;
    }

    /// <summary>The type of the field named torque in the schema stands behind its name, number and label.</summary>
    private static byte[] TorqueOfType(byte type)
    {
        int at = File.AsSpan().IndexOf("\u0006torque"u8) + 7;
        return Patched((at + File.AsSpan(at).IndexOf((byte)0x28) + 1, [type]));
    }

    /// <summary>A few bytes, then as many others as there are said to be.</summary>
    private sealed class LongFile(byte[] begin, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++, Position++) buffer[offset + i] = Position < begin.Length ? begin[Position] : (byte)1;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
