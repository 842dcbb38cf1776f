using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Xunit;

namespace LiquidControl.Realtime.Tests;

public sealed class SharedRingTests : IDisposable
{
    private const int RecordBytes = 40;
    private const int Capacity = 16;

    private readonly RingFolder _folder = new();
    private readonly byte[] _record = new byte[RecordBytes];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_in_order_with_its_description()
    {
        using var writer = NewWriter("q: rad");
        using var reader = SharedRingReader.Open(_folder.Ring);
        Assert.Equal("q: rad", Encoding.UTF8.GetString(reader.Description));
        Assert.Equal((RecordBytes, Capacity), (reader.RecordBytes, reader.Capacity));
        Assert.Equal(Environment.ProcessId, reader.WriterProcess);
        Assert.True(reader.IsOfThisBoot);
        Assert.InRange(reader.StartedNs, 1, MonotonicClock.NowNs);
        Assert.Equal(RingRead.Empty, reader.TryRead(_record, out _));
        Write(writer, 0, 5);
        for (long i = 0; i < 5; i++)
            AssertNext(reader, i);
        Assert.Equal(RingRead.Empty, reader.TryRead(_record, out _));
        Assert.Equal(0, reader.Lost);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Capacity - 1)]
    [InlineData(Capacity)]
    [InlineData(3 * Capacity + 5)]
    public void Every_record_is_either_read_or_counted_as_lost(int count)
    {
        using var writer = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        Write(writer, 0, count);
        long read = 0, last = -1;
        while (reader.TryRead(_record, out long sequence) == RingRead.Record)
        {
            Assert.Equal(sequence, BinaryPrimitives.ReadInt64LittleEndian(_record));
            Assert.True(sequence > last);
            last = sequence;
            read++;
        }

        Assert.Equal(count - 1, last);
        Assert.Equal(count, read + reader.Lost);
        Assert.Equal(count >= Capacity, reader.Lost > 0);
    }

    [Fact]
    public void A_late_reader_starts_with_the_oldest_or_with_what_comes_next()
    {
        using var writer = NewWriter();
        Write(writer, 0, 100);
        using var reader = SharedRingReader.Open(_folder.Ring);
        AssertNext(reader, 100 - Capacity + 1);
        reader.FromNewest();
        Assert.Equal(RingRead.Empty, reader.TryRead(_record, out _));
        Write(writer, 100, 1);
        AssertNext(reader, 100);
        Assert.Equal(0, reader.Lost);
    }

    [Fact]
    public void A_record_left_half_written_is_never_read()
    {
        using (var writer = NewWriter())
        {
            Write(writer, 0, Capacity);
            using var reader = SharedRingReader.Open(_folder.Ring);
            Span<byte> half = writer.Begin();
            half[..(RecordBytes / 2)].Fill(0xEE);
            for (long i = 1; i < Capacity; i++)
                AssertNext(reader, i);
            Assert.Equal(RingRead.Empty, reader.TryRead(_record, out _));
            Assert.Equal(0, reader.Corrupt);
        }

        using var next = NewWriter();
        Write(next, 7, 1);
        using var after = SharedRingReader.Open(_folder.Ring);
        Assert.Equal(RingRead.Record, after.TryRead(_record, out long sequence));
        Assert.Equal((0, 7), (sequence, BinaryPrimitives.ReadInt64LittleEndian(_record)));
    }

    [Fact]
    public void A_record_that_was_changed_behind_the_writers_back_is_called_corrupt_and_passed_over()
    {
        using var writer = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        Write(writer, 0, 3);
        Overwrite(4096 + 64 + RingSlot.PayloadOffset + 9, [0xFF]);
        AssertNext(reader, 0);
        Assert.Equal(RingRead.Corrupt, reader.TryRead(_record, out long sequence));
        Assert.Equal(1, sequence);
        AssertNext(reader, 2);
        Assert.Equal(1, reader.Corrupt);
    }

    [Fact]
    public void Readers_map_it_read_only()
    {
        using var writer = NewWriter();
        string[] before = MappingsOfRing();
        using var reader = SharedRingReader.Open(_folder.Ring);
        string added = Assert.Single(MappingsOfRing().Except(before));
        Assert.Contains(" r--s ", added, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Only_owner_and_group_may_look_and_nothing_else_is_left_in_the_folder()
    {
        using (NewWriter())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder.Ring));
        using var again = NewWriter();
        Assert.Equal(["cycles"], _folder.Files);
    }

    [Fact]
    public void A_second_writer_is_refused_while_the_first_lives_and_the_first_goes_on()
    {
        using var writer = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        string message = Assert.Throws<RingInUseException>(() => NewWriter()).Message;
        Assert.Contains($"process {Environment.ProcessId}", message, StringComparison.Ordinal);
        Write(writer, 0, 1);
        AssertNext(reader, 0);
        Assert.Equal(RingWriterState.Writing, reader.Writer());
        Assert.Equal(["cycles"], _folder.Files);
    }

    [Fact]
    public void Of_many_writers_that_start_at_once_one_wins()
    {
        for (int round = 0; round < 20; round++)
        {
            var started = new System.Collections.Concurrent.ConcurrentBag<SharedRingWriter>();
            Parallel.For(0, 4, _ =>
            {
                try
                {
                    started.Add(NewWriter());
                }
                catch (IOException)
                {
                    // One of those that lost.
                }
            });
            var winner = Assert.Single(started);
            using var reader = SharedRingReader.Open(_folder.Ring);
            Write(winner, 0, 1);
            AssertNext(reader, 0);
            winner.Dispose();
        }
    }

    [Fact]
    public void A_reader_is_told_that_the_writer_ended_and_that_another_took_its_place()
    {
        var first = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        Write(first, 0, 2);
        first.Dispose();
        Assert.Equal(RingWriterState.Ended, reader.Writer());
        using var second = SharedRingWriter.Create(_folder.Ring, 2 * RecordBytes, Capacity, []);
        Assert.Equal(RingWriterState.Replaced, reader.Writer());
        AssertNext(reader, 0);
        AssertNext(reader, 1);
        using var anew = SharedRingReader.Open(_folder.Ring);
        Assert.Equal(2 * RecordBytes, anew.RecordBytes);
        Assert.Equal(RingWriterState.Writing, anew.Writer());
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        using var writer = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        Write(writer, 0, 1);
        AssertNext(reader, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 10_000; i++)
        {
            Write(writer, i, 1);
            _ = reader.TryRead(_record, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(RingRead.Empty, reader.TryRead(_record, out _));
    }

    [Fact]
    public void A_file_that_is_no_ring_is_neither_read_nor_replaced()
    {
        File.WriteAllText(_folder.Ring, "a letter to a friend");
        AssertRefused("\"a letter\"", "\"LQDCRING\"");
        string message = Assert.Throws<RingFormatException>(() => NewWriter()).Message;
        Assert.Contains(_folder.Ring, message, StringComparison.Ordinal);
        Assert.Equal("a letter to a friend", File.ReadAllText(_folder.Ring));
    }

    [Fact]
    public void Damage_of_the_file_is_named_and_a_new_writer_mends_it()
    {
        NewWriter("abc").Dispose();
        byte[] whole = File.ReadAllBytes(_folder.Ring);
        Damage(whole, bytes => bytes[8] = 9);
        AssertRefused("format version", "found 9", "expected 1");
        Damage(whole, bytes => bytes[12] = 200);
        AssertRefused("file size");
        Damage(whole, bytes => bytes[16] = bytes[17] = bytes[18] = bytes[19] = 0);
        AssertRefused("0 records");
        Damage(whole, bytes => bytes[RingHeader.Bytes]++);
        AssertRefused("checksum");
        File.WriteAllBytes(_folder.Ring, whole[..^1]);
        AssertRefused("file size", $"{whole.Length - 1}", $"{whole.Length}");
        File.WriteAllBytes(_folder.Ring, whole[..20]);
        AssertRefused("found");
        using var writer = NewWriter();
        using var reader = SharedRingReader.Open(_folder.Ring);
        Write(writer, 0, 1);
        AssertNext(reader, 0);
    }

    [Fact]
    public void A_ring_that_is_not_there_is_said()
    {
        string message = Assert.Throws<FileNotFoundException>(() => SharedRingReader.Open(_folder.Ring)).Message;
        Assert.Contains(_folder.Ring, message, StringComparison.Ordinal);
        Assert.Contains("Start the daemon", message, StringComparison.Ordinal);
    }

    private SharedRingWriter NewWriter(string description = "") =>
        SharedRingWriter.Create(_folder.Ring, RecordBytes, Capacity, Encoding.UTF8.GetBytes(description));

    private static void Write(SharedRingWriter writer, long first, int count)
    {
        for (long i = first; i < first + count; i++)
        {
            MemoryMarshal.Cast<byte, long>(writer.Begin()).Fill(i);
            writer.Commit();
        }
    }

    private void AssertNext(SharedRingReader reader, long expected)
    {
        Assert.Equal(RingRead.Record, reader.TryRead(_record, out long sequence));
        Assert.Equal(expected, sequence);
        foreach (long word in MemoryMarshal.Cast<byte, long>(_record))
            Assert.Equal(expected, word);
    }

    private void AssertRefused(params string[] words)
    {
        string message = Assert.Throws<RingFormatException>(() => SharedRingReader.Open(_folder.Ring)).Message;
        Assert.All(words.Append(_folder.Ring), word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    private void Damage(byte[] whole, Action<byte[]> damage)
    {
        byte[] damaged = [.. whole];
        damage(damaged);
        File.WriteAllBytes(_folder.Ring, damaged);
    }

    private void Overwrite(long at, byte[] bytes)
    {
        using var file = new FileStream(_folder.Ring, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = at;
        file.Write(bytes);
    }

    private string[] MappingsOfRing() => [.. File.ReadAllLines("/proc/self/maps").Where(line => line.EndsWith(_folder.Ring, StringComparison.Ordinal))];
}
