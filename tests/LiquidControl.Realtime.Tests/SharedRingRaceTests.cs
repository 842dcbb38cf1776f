using System.Runtime.InteropServices;
using Xunit;

namespace LiquidControl.Realtime.Tests;

/// <summary>A writer at full speed over a few slots, and readers that it overtakes all the time.</summary>
public sealed class SharedRingRaceTests : IDisposable
{
    private const int Readers = 3;
    private const int Words = 40;
    private const long Records = 1_000_000;

    private readonly RingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    public void No_reader_ever_takes_a_torn_record(int capacity)
    {
        using var writer = SharedRingWriter.Create(_folder.Ring, Words * sizeof(long), capacity, []);
        var results = new Tally[Readers];
        using var ready = new CountdownEvent(Readers);
        Thread[] threads = [.. Enumerable.Range(0, Readers).Select(i => new Thread(() => results[i] = Follow(ready)))];
        Array.ForEach(threads, thread => thread.Start());
        ready.Wait(TestContext.Current.CancellationToken);
        for (long sequence = 0; sequence < Records; sequence++)
        {
            Fill(MemoryMarshal.Cast<byte, long>(writer.Begin()), sequence);
            writer.Commit();
        }

        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, tally =>
        {
            Assert.Equal(0, tally.Wrong);
            Assert.Equal(0, tally.Corrupt);
            Assert.Equal(Records, tally.Read + tally.Lost);
            Assert.True(tally.Read > 0);
        });
        Assert.Contains(results, tally => tally.Lost > 0);
    }

    private Tally Follow(CountdownEvent ready)
    {
        using var reader = SharedRingReader.Open(_folder.Ring);
        ready.Signal();
        var record = new byte[Words * sizeof(long)];
        var words = new long[Words];
        long read = 0, wrong = 0, last = -1;
        while (last < Records - 1)
        {
            if (reader.TryRead(record, out long sequence) != RingRead.Record)
                continue;
            Fill(words, sequence);
            if (sequence <= last || !MemoryMarshal.AsBytes<long>(words).SequenceEqual(record))
                wrong++;
            last = sequence;
            read++;
        }

        return new(read, reader.Lost, reader.Corrupt, wrong);
    }

    /// <summary>Every word of every record is another.</summary>
    private static void Fill(Span<long> words, long sequence)
    {
        for (int i = 0; i < words.Length; i++)
            words[i] = unchecked((sequence + i) * 0x2545F4914F6CDD1D);
    }

    private readonly record struct Tally(long Read, long Lost, long Corrupt, long Wrong);
}
