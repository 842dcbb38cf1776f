using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training;

/// <summary>
/// Where the parameters' gradients of a chunk are added up. A chunk that is run in segments must end with the bits of one that is not: the
/// sums over all its steps that are folded only at the end are then kept unfolded, a vector a parameter.
/// </summary>
/// <param name="gradient">In the order of the parameters.</param>
/// <param name="unfolded">[parameters × a vector's width], at first 0; empty: the chunk is one segment.</param>
internal readonly ref struct GradientSum<T>(Span<T> gradient, Span<T> unfolded = default) where T : struct, INumber<T>
{
    private readonly Span<T> _gradient = gradient;
    private readonly Span<T> _unfolded = unfolded;

    /// <summary>The gradients from a parameter on.</summary>
    public Span<T> From(int parameter) => _gradient[parameter..];

    /// <summary>What the steps before came to for a parameter.</summary>
    public Vector256<T> Unfolded(int parameter) =>
        _unfolded.IsEmpty ? Vector256<T>.Zero : Vector256.Create<T>(_unfolded[(parameter * Vector256<T>.Count)..]);

    /// <summary>Takes what the steps so far come to.</summary>
    public void Take(int parameter, Vector256<T> sum)
    {
        if (_unfolded.IsEmpty)
            _gradient[parameter] += Lanes.Sum(sum);
        else
            sum.CopyTo(_unfolded[(parameter * Vector256<T>.Count)..]);
    }

    /// <summary>After the last segment.</summary>
    public void Fold()
    {
        for (int parameter = 0; parameter * Vector256<T>.Count < _unfolded.Length; parameter++)
            _gradient[parameter] += Lanes.Sum(Unfolded(parameter));
    }
}
