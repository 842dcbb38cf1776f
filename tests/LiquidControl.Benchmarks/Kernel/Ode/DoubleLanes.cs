using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Benchmarks.Kernel.Ode;

/// <summary>Four numbers of 64 bits.</summary>
internal readonly unsafe struct DoubleLanes : ILanes<double>
{
    private const double TanhBound = 13.1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Gather(double* source, int* places) =>
        Vector256.Create(source[places[0]], source[places[1]], source[places[2]], source[places[3]]);

    /// <summary>tanh x as x P6(x²) / Q6(x²) on ±13.1; error at most 1e-11.</summary>
    /// <remarks>Coefficients: a minimax fit of this project, by iteratively reweighted least squares on Chebyshev nodes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Tanh(Vector256<double> x)
    {
        x = Vector256.MaxNative(Vector256.Create(-TanhBound), Vector256.MinNative(Vector256.Create(TanhBound), x));
        Vector256<double> u = x * x;
        Vector256<double> p = MultiplyAdd(u, Vector256.Create(4.136903025881021e-14), Vector256.Create(2.7465498167978895e-10));
        p = MultiplyAdd(p, u, Vector256.Create(2.3146936750314803e-07));
        p = MultiplyAdd(p, u, Vector256.Create(5.6678387008410285e-05));
        p = MultiplyAdd(p, u, Vector256.Create(0.004911877991296877));
        p = MultiplyAdd(p, u, Vector256.Create(0.14449838550251934));
        p = MultiplyAdd(p, u, Vector256.Create(0.9999999999541979));
        Vector256<double> q = MultiplyAdd(u, Vector256.Create(4.923047925060115e-12), Vector256.Create(9.546443936950526e-09));
        q = MultiplyAdd(q, u, Vector256.Create(4.147922762546128e-06));
        q = MultiplyAdd(q, u, Vector256.Create(0.0005992978365038738));
        q = MultiplyAdd(q, u, Vector256.Create(0.03085578448298408));
        q = MultiplyAdd(q, u, Vector256.Create(0.4778317186243315));
        q = MultiplyAdd(q, u, Vector256.Create(1.0));
        return x * p / q;
    }
}
