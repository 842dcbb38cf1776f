namespace LiquidControl.Neural;

/// <summary>The reference library's names for modes and activations, as its constructor takes them.</summary>
public static class CfcNames
{
    /// <summary>In the order of <see cref="CfcMode"/>.</summary>
    private static readonly string[] Modes = ["default", "pure", "no_gate"];

    /// <summary>In the order of <see cref="Activation"/>.</summary>
    private static readonly string[] Activations = ["lecun_tanh", "tanh", "relu", "silu", "gelu"];

    public static string Name(CfcMode mode) => Modes[(int)mode];

    public static string Name(Activation activation) => Activations[(int)activation];

    internal static CfcMode Mode(JsonPlace place) => (CfcMode)Find(place, Modes);

    internal static Activation Activation(JsonPlace place) => (Activation)Find(place, Activations);

    private static int Find(JsonPlace place, string[] names)
    {
        int index = Array.IndexOf(names, place.Text());
        return index >= 0 ? index : throw place.Wrong($"one of {string.Join(", ", names)}");
    }
}
