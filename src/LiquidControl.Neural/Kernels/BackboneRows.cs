namespace LiquidControl.Neural.Kernels;

/// <summary>The backbone layers of a dense CfC as rows to be packed: what an activation multiplies by is folded into them.</summary>
internal static class BackboneRows
{
    public static LinearRows Read(NetworkWeights weights, CfcArchitecture architecture, int layer)
    {
        double slope = architecture.Activation == Activation.LecunTanh ? LecunTanh.Slope : 1.0;
        return LinearRows.Read(weights, CfcKeys.Backbone(layer, architecture.BackboneDropout))
            .OfScaledInput(layer == 0 ? 1.0 : Amplitude(architecture)).Scaled(slope);
    }

    /// <summary>What the vector that the heads read is short of.</summary>
    public static double Factor(CfcArchitecture architecture) => architecture.BackboneLayers == 0 ? 1.0 : Amplitude(architecture);

    private static double Amplitude(CfcArchitecture architecture) =>
        architecture.Activation == Activation.LecunTanh ? LecunTanh.Amplitude : 1.0;
}
