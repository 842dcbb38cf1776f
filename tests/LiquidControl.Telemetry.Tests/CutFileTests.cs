using LiquidControl.Numerics;
using LiquidControl.Telemetry.Mcap;
using Xunit;

namespace LiquidControl.Telemetry.Tests;

/// <summary>A file that was cut off gives every record up to its last whole chunk, and says where and why it ended.</summary>
public class CutFileTests
{
    private const int ChunkRecords = 25;

    private static readonly byte[][] Records = TestRecording.Records(1, 130, periodNs: 40_000_000);
    private static readonly byte[] File = TestRecording.File(Records);
    private static readonly int[] ChunkEnds = [.. TestRecording.RecordsOf(File).Where(record => record.Kind == 6).Select(record => record.End)];
    private static readonly int FirstChunk = TestRecording.RecordsOf(File).First(record => record.Kind == 6).At;

    [Fact]
    public void A_file_cut_at_a_thousand_random_bytes_is_readable_up_to_its_last_whole_chunk()
    {
        RandomStream random = new(7);
        for (int i = 0; i < 1000; i++)
        {
            int length = random.NextInt(File.Length);
            byte[] cut = File[..length];
            Check(cut, length);

            // What a disk leaves that had grown the file and lost power before it wrote.
            if (i % 4 == 0) Check([.. cut, .. new byte[random.NextInt(2000)]], length);
        }
    }

    [Fact]
    public void Each_end_is_told_apart()
    {
        Assert.Contains("within its first bytes", Refusal(File[..5]), StringComparison.Ordinal);
        Assert.Contains("found no metadata 'liquidcontrol.recording'; the file was cut off before them", Refusal(File[..30]), StringComparison.Ordinal);
        Assert.Equal(new McapEnd(false, FirstChunk, "the file ends without a footer"), EndOf(File[..FirstChunk]));
        Assert.Equal(new McapEnd(false, FirstChunk, "the file ends within the length of a record"), EndOf(File[..(FirstChunk + 4)]));
        int whole = ChunkEnds[0] - FirstChunk - 9;
        Assert.Equal(new McapEnd(false, FirstChunk, $"a record of kind 6 of {whole} bytes, of which there are 100"), EndOf(File[..(FirstChunk + 109)]));
        Assert.Equal("only zeros follow, as a disk leaves them that lost power", EndOf([.. File[..FirstChunk], .. new byte[64]]).Reason);
        byte[] half = File[..ChunkEnds[0]];
        half.AsSpan(FirstChunk + 10_000).Clear();
        Assert.Contains("the end of the last record did not reach the disk", EndOf(half).Reason, StringComparison.Ordinal);
        Assert.Equal("the file ends within its last bytes", EndOf(File[..^3]).Reason);
    }

    private static void Check(byte[] cut, int length)
    {
        int chunks = ChunkEnds.Count(end => end <= length);
        try
        {
            using var reader = TestRecording.Open(cut);
            var read = TestRecording.Read(reader);
            Assert.Equal(Math.Min(Records.Length, chunks * ChunkRecords), read.Count);
            Assert.All(read.Zip(Records), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
            Assert.False(reader.End!.IsWhole);
            Assert.InRange(reader.End.Offset, 0, cut.Length);
            Assert.NotEqual("", reader.End.Reason);
        }
        catch (RecordingFormatException error)
        {
            Assert.True(length < FirstChunk, $"cut at {length} of {File.Length}: {error.Message}");
        }
    }

    private static McapEnd EndOf(byte[] file)
    {
        using var reader = TestRecording.Open(file);
        TestRecording.Read(reader);
        return reader.End!;
    }

    private static string Refusal(byte[] file) => Assert.Throws<RecordingFormatException>(() => TestRecording.Open(file)).Message;
}
