using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The order in which an epoch takes the sequences. It follows from the seed and the epoch's number alone, so that a training that goes on
/// finds it again.
/// </summary>
/// <param name="count">Number of sequences.</param>
/// <param name="random">Shuffles them, once an epoch.</param>
internal sealed class EpochOrder(int count, RandomStream random)
{
    private readonly int[] _order = [.. Enumerable.Range(0, count)];
    private int _epoch;

    /// <summary>The order of an epoch, counted from 1; epochs are asked for in rising order.</summary>
    public ReadOnlySpan<int> Of(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, _epoch);
        for (; _epoch < epoch; _epoch++)
            Shuffle();
        return _order;
    }

    /// <summary>Fisher and Yates.</summary>
    private void Shuffle()
    {
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }
}
