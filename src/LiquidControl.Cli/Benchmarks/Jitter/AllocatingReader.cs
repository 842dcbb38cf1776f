using System.Diagnostics;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>
/// Allocates as a web server does, small blocks most of which die young, and a large one now and then, and meanwhile follows the loop's ring
/// and proves every record whole.
/// </summary>
/// <param name="ring">Null: there is none to follow.</param>
internal sealed class AllocatingReader(SharedRingReader? ring)
{
    private const double BytesPerSecond = 100e6;
    private const long BurstBytes = 1_000_000;
    private const int KeptBlocks = 20_000;
    private const int KeepEvery = 50;
    private const int LargeEvery = 20_000;
    private const int SmallestBlock = 100;
    private const int LargestBlock = 4000;
    private const int LargeBlock = 200_000;

    /// <summary>What an array takes besides its elements.</summary>
    private const int BlockHeader = 24;

    private readonly byte[][] _kept = new byte[KeptBlocks][];
    private readonly byte[] _record = new byte[ring?.RecordBytes ?? 0];
    private long _blocks;
    private long _bytes;
    private long _read;

    /// <summary>Until <paramref name="end"/>.</summary>
    public AllocationReport Run(Task end)
    {
        ring?.FromNewest();
        var elapsed = Stopwatch.StartNew();
        while (!end.IsCompleted)
        {
            // In bursts: where the machine cannot give as much, the ring is followed all the same.
            long burst = _bytes + BurstBytes;
            while (_bytes < burst && _bytes < elapsed.Elapsed.TotalSeconds * BytesPerSecond) Allocate();
            Follow();
            Thread.Sleep(1);
        }

        Follow();
        return new(
            Math.Round(_bytes * 1e-6), GC.CollectionCount(0), Math.Round(GC.GetTotalPauseDuration().TotalMilliseconds, 1), _read, ring?.Lost ?? 0,
            ring?.Corrupt ?? 0);
    }

    private void Allocate()
    {
        _blocks++;
        int size = _blocks % LargeEvery == 0 ? LargeBlock : (int)(SmallestBlock + _blocks * 7919 % (LargestBlock - SmallestBlock));
        byte[] block = new byte[size];
        if (_blocks % KeepEvery == 0) _kept[_blocks / KeepEvery % KeptBlocks] = block;
        _bytes += size + BlockHeader;
    }

    private void Follow()
    {
        if (ring is null) return;
        RingRead read;
        while ((read = ring.TryRead(_record, out _)) != RingRead.Empty)
        {
            if (read == RingRead.Record) _read++;
        }
    }
}
