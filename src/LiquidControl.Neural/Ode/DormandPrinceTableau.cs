using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>The coefficients of Dormand and Prince (1980), RK5(4)7M.</summary>
internal static class DormandPrinceTableau<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[][] Stages =
    [
        [],
        Round(1.0 / 5.0),
        Round(3.0 / 40.0, 9.0 / 40.0),
        Round(44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0),
        Round(19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0),
        Round(9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0),
        Round(35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0),
    ];

    private static readonly T[] Errors = Round(
        71.0 / 57600.0, 0.0, -71.0 / 16695.0, 71.0 / 1920.0, -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0);

    /// <summary>Weights of the fifth less the fourth order solution, one for each slope.</summary>
    public static ReadOnlySpan<T> Error => Errors;

    /// <summary>Weights of the slopes before a stage; the last stage is the new state.</summary>
    public static ReadOnlySpan<T> Stage(int stage) => Stages[stage];

    private static T[] Round(params ReadOnlySpan<double> values) => LinearLayer<T>.Round(values);
}
