using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// A sample of the bit-stream XOR task of Hasani et al. 2022: some bits, read as events. An event is a bit that differs from the one before
/// it, with the number of bits since the event before; the last bit follows once more if it was no event. The task is the parity of the ones.
/// </summary>
/// <param name="Bits">The bits, 2 to 31 of them.</param>
/// <param name="Events">The bit of each event.</param>
/// <param name="Elapsed">Bits since the event before.</param>
public sealed record XorBitStream(IReadOnlyList<int> Bits, IReadOnlyList<int> Events, IReadOnlyList<int> Elapsed)
{
    /// <summary>The longest stream is one bit shorter.</summary>
    public const int Length = 32;

    /// <summary>1 where an odd number of bits is 1, else 0.</summary>
    public int Label => Bits.Sum() % 2;

    /// <summary>The next sample of numpy's stream, draw for draw as the published data set takes it: its length, then each bit.</summary>
    public static XorBitStream Draw(LegacyRandomState random)
    {
        int[] bits = new int[2 + random.Interval(Length - 3)];
        for (int i = 0; i < bits.Length; i++) bits[i] = (int)random.Interval(1);
        List<int> events = [], elapsed = [];
        int last = -1, since = 0;
        foreach (int bit in bits)
        {
            since++;
            if (bit != last)
            {
                events.Add(bit);
                elapsed.Add(since);
                since = 0;
            }

            last = bit;
        }

        if (since > 0)
        {
            events.Add(last);
            elapsed.Add(since);
        }

        return new XorBitStream(bits, events, elapsed);
    }
}
