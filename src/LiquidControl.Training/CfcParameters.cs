using LiquidControl.Neural;

namespace LiquidControl.Training;

/// <summary>
/// One tensor inside the flat parameter array: row-major, Rows = 0 for a vector, Key its name in the reference library's state_dict.
/// </summary>
public readonly record struct ParameterTensor(string Key, int Offset, int Rows, int Columns)
{
    public int Count => Math.Max(Rows, 1) * Columns;
}

/// <summary>y = W x + b inside the flat parameter array: W row-major [Outputs, Inputs].</summary>
internal readonly record struct LinearBlock(int Weight, int Bias, int Outputs, int Inputs);

/// <summary>
/// Where each tensor of a dense CfC lies in one flat array of parameters. The heads' weights lie next to each other, and so do their
/// biases, so that ff1, ff2, time_a and time_b are one matrix; in pure mode w_tau and A follow the bias of ff1.
/// </summary>
public sealed class CfcParameters
{
    private readonly List<ParameterTensor> _tensors = [];
    private readonly LinearBlock[] _backbone;

    public CfcParameters(CfcArchitecture architecture)
    {
        Architecture = architecture;
        int width = architecture.InputSize + architecture.Units;
        _backbone = new LinearBlock[architecture.BackboneLayers];
        for (int layer = 0; layer < _backbone.Length; layer++)
        {
            _backbone[layer] = AddLinear(CfcKeys.Backbone(layer, architecture.BackboneDropout), architecture.BackboneUnits, width);
            width = architecture.BackboneUnits;
        }

        string[] heads = architecture.Mode == CfcMode.Pure ? [CfcKeys.Head1] : [CfcKeys.Head1, CfcKeys.Head2, CfcKeys.TimeA, CfcKeys.TimeB];
        int weight = Count;
        foreach (string head in heads)
            Add(head + CfcKeys.Weight, architecture.Units, width);
        int bias = Count;
        foreach (string head in heads)
            Add(head + CfcKeys.Bias, 0, architecture.Units);
        Heads = new LinearBlock(weight, bias, heads.Length * architecture.Units, width);
        if (architecture.Mode == CfcMode.Pure)
        {
            TimeConstant = Add(CfcKeys.TimeConstant, 1, architecture.Units);
            Amplitude = Add(CfcKeys.Amplitude, 1, architecture.Units);
        }

        if (architecture.ProjectionSize is int outputs)
            Projection = AddLinear(CfcKeys.Projection, outputs, architecture.Units);
    }

    public CfcArchitecture Architecture { get; }

    /// <summary>Parameters in all.</summary>
    public int Count { get; private set; }

    /// <summary>The tensors in the order of the flat array.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>The flat array of a network's weights, rounded to float.</summary>
    public float[] Flatten(NetworkWeights weights)
    {
        float[] parameters = new float[Count];
        foreach (ParameterTensor tensor in _tensors)
        {
            ReadOnlySpan<double> values = weights[tensor.Key];
            for (int i = 0; i < values.Length; i++)
                parameters[tensor.Offset + i] = (float)values[i];
        }

        return parameters;
    }

    /// <summary>The network's weights of a flat array.</summary>
    public NetworkWeights Restore(ReadOnlySpan<float> parameters)
    {
        NetworkWeights weights = new(Architecture);
        foreach (ParameterTensor tensor in _tensors)
        {
            Span<double> values = weights[tensor.Key];
            for (int i = 0; i < values.Length; i++)
                values[i] = parameters[tensor.Offset + i];
        }

        return weights;
    }

    internal ReadOnlySpan<LinearBlock> Backbone => _backbone;
    internal LinearBlock Heads { get; }
    internal LinearBlock? Projection { get; }

    /// <summary>Offset of w_tau (pure mode).</summary>
    internal int TimeConstant { get; }

    /// <summary>Offset of A (pure mode).</summary>
    internal int Amplitude { get; }

    private LinearBlock AddLinear(string key, int outputs, int inputs)
    {
        int weight = Add(key + CfcKeys.Weight, outputs, inputs);
        return new LinearBlock(weight, Add(key + CfcKeys.Bias, 0, outputs), outputs, inputs);
    }

    private int Add(string key, int rows, int columns)
    {
        var tensor = new ParameterTensor(key, Count, rows, columns);
        _tensors.Add(tensor);
        Count += tensor.Count;
        return tensor.Offset;
    }
}
