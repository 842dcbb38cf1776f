namespace LiquidControl.Neural;

/// <summary>The reference library's names for modes and activations, as its constructor takes them.</summary>
public static class CfcNames
{
    /// <summary>In the order of <see cref="CfcMode"/>.</summary>
    private static readonly string[] Modes = ["default", "pure", "no_gate"];

    /// <summary>In the order of <see cref="Activation"/>.</summary>
    private static readonly string[] Activations = ["lecun_tanh", "tanh", "relu", "silu", "gelu"];

    /// <summary>In the order of <see cref="HeadActivation"/>.</summary>
    private static readonly string[] HeadActivations = ["tanh", "identity", "lecun_tanh"];

    public static string Name(CfcMode mode) => Modes[(int)mode];

    public static string Name(Activation activation) => Activations[(int)activation];

    public static string Name(HeadActivation activation) => HeadActivations[(int)activation];

    internal static CfcMode Mode(JsonPlace place) => (CfcMode)place.OneOf(Modes);

    internal static Activation Activation(JsonPlace place) => (Activation)place.OneOf(Activations);

    internal static HeadActivation HeadActivation(JsonPlace place) => (HeadActivation)place.OneOf(HeadActivations);
}
