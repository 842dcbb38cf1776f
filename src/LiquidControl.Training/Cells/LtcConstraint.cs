using System.Numerics;
using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// How an LTC's conductances and capacitances come from the stored numbers: by the softplus, or as they are, and then the optimiser keeps
/// them from falling below zero.
/// </summary>
internal readonly struct LtcConstraint<T>(bool isImplicit) where T : struct, INumber<T>
{
    public T Value(T stored) => isImplicit ? T.CreateTruncating(Softplus.At(double.CreateTruncating(stored))) : stored;

    public T Slope(T stored) => isImplicit ? T.CreateTruncating(Softplus.Slope(double.CreateTruncating(stored))) : T.One;
}
