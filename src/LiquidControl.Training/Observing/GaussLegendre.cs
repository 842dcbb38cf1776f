namespace LiquidControl.Training.Observing;

/// <summary>Quadrature on [0, 1] with five points, exact up to degree 9 (Abramowitz and Stegun, table 25.4).</summary>
internal static class GaussLegendre
{
    public static ReadOnlySpan<double> Nodes =>
        [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319];

    public static ReadOnlySpan<double> Weights =>
        [0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454];
}
