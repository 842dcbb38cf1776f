using LiquidControl.Neural;

namespace LiquidControl.Training.Cells;

/// <summary>
/// A CfC cell, the dense one or a layer of a wired one. The heads' weights lie next to each other, and so do their biases, so that ff1,
/// ff2, time_a and time_b are one matrix; in pure mode w_tau and A follow the bias of ff1.
/// </summary>
internal sealed class CfcCellLayout : CellLayout
{
    private readonly LinearBlock[] _backbone;

    private CfcCellLayout(
        ParameterList list, int inputSize, int units, CfcMode mode, HeadActivation headActivation, LinearBlock[] backbone,
        Func<string, string> key, IReadOnlyList<bool>? mask)
        : base(inputSize, units)
    {
        _backbone = backbone;
        Mode = mode;
        HeadActivation = headActivation;
        int width = backbone.Length == 0 ? inputSize + units : backbone[^1].Outputs;
        string[] heads = mode == CfcMode.Pure ? [CfcKeys.Head1] : [CfcKeys.Head1, CfcKeys.Head2, CfcKeys.TimeA, CfcKeys.TimeB];
        int weight = list.Count;
        foreach (string head in heads)
        {
            bool follows = head is CfcKeys.Head1 or CfcKeys.Head2;
            list.AddMatrix(
                key(head) + CfcKeys.Weight, units, width, ParameterStart.Xavier(units, width), isKernel: true, follows ? mask : null);
        }

        int bias = list.Count;
        foreach (string head in heads)
            list.AddVector(key(head) + CfcKeys.Bias, units, ParameterStart.Linear(width));
        Heads = new LinearBlock(weight, bias, heads.Length * units, width);
        if (mode == CfcMode.Pure)
        {
            TimeConstant = list.AddMatrix(key(CfcKeys.TimeConstant), 1, units, ParameterStart.Xavier(1, units));
            list.AddMatrix(key(CfcKeys.Amplitude), 1, units, ParameterStart.Xavier(1, units));
        }
    }

    public CfcMode Mode { get; }

    public HeadActivation HeadActivation { get; }

    public Activation Activation { get; private init; }

    public ReadOnlySpan<LinearBlock> Backbone => _backbone;

    public LinearBlock Heads { get; }

    /// <summary>Offset of w_tau, which A follows (pure mode).</summary>
    public int TimeConstant { get; }

    public static CfcCellLayout Dense(ParameterList list, CfcArchitecture architecture)
    {
        int width = architecture.CellInputSize + architecture.Units;
        LinearBlock[] backbone = new LinearBlock[architecture.BackboneLayers];
        for (int layer = 0; layer < backbone.Length; layer++)
        {
            string key = CfcKeys.Backbone(layer, architecture.BackboneDropout);
            backbone[layer] = list.AddCellLayer(key, architecture.BackboneUnits, width);
            width = architecture.BackboneUnits;
        }

        return new CfcCellLayout(
            list, architecture.CellInputSize, architecture.Units, architecture.Mode, architecture.HeadActivation, backbone,
            static key => key, null)
        { Activation = architecture.Activation };
    }

    /// <param name="list">Where to lay out the tensors.</param>
    /// <param name="architecture">The wired network.</param>
    /// <param name="layer">Which of its layers.</param>
    /// <param name="mask">Which weights of ff1 and ff2 are synapses.</param>
    public static CfcCellLayout Layer(ParameterList list, WiredCfcArchitecture architecture, int layer, IReadOnlyList<bool> mask)
    {
        int units = architecture.Wiring.LayerSizes[layer];
        return new CfcCellLayout(
            list, architecture.HeadInputSize(layer) - units, units, architecture.Mode, architecture.HeadActivation, [],
            key => CfcKeys.OfLayer(layer, key), mask);
    }

    public override CellTape<T> NewTape<T>(int capacity, double dropout) => new CfcCellTape<T>(this, capacity, dropout);
}
