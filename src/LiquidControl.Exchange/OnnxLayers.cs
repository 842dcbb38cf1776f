using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>The parts that networks of every kind are made of, as nodes of a graph. Values are rows [1, size].</summary>
internal sealed class OnnxLayers(OnnxGraph graph, NetworkWeights weights, string file)
{
    private int _count;

    public OnnxGraph Graph { get; } = graph;

    /// <summary>A node under a name of its own.</summary>
    public string Node(string operation, params ReadOnlySpan<string> inputs) => Graph.Node(NextName(operation), operation, inputs);

    /// <summary>A tensor of the network as a constant row.</summary>
    public string Row(string key) => Constant(key, weights[key], 1, weights[key].Length);

    /// <summary>A constant that every element of a row is combined with.</summary>
    public string Scalar(double value) => Graph.Constant(NextName("scalar"), [value], 1, 1);

    /// <exception cref="ModelFormatException">A number is too large for 32 bits.</exception>
    public string Constant(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite((float)values[i])) continue;
            throw new ModelFormatException(file, $"tensor '{name}', element {i}", $"{values[i]}", "a number that 32 bits hold",
                "ONNX models are written in 32-bit numbers: train with weights of ordinary size.");
        }

        return Graph.Constant(name, values, shape);
    }

    /// <summary>y = W x + b, or W x where the network has no bias; with a mask over W.</summary>
    public string Linear(string key, string x, int inputs, int outputs, ReadOnlySpan<double> mask = default)
    {
        double[] weight = weights[key + CfcKeys.Weight].ToArray();
        for (int i = 0; i < mask.Length; i++) weight[i] *= mask[i];
        string matrix = Constant(key + CfcKeys.Weight, weight, outputs, inputs);
        string bias = key + CfcKeys.Bias;
        ReadOnlySpan<string> operands = weights.Has(bias) ? [x, matrix, Constant(bias, weights[bias], outputs)] : [x, matrix];
        return Graph.Node(NextName("Gemm"), "Gemm", operands, ("transB", 1));
    }

    /// <summary>Elements [start, end) of a row.</summary>
    public string Slice(string row, int start, int end)
    {
        string name = NextName("Slice");
        return Graph.Node(name, "Slice",
            [row, Graph.Whole(name + ".start", start), Graph.Whole(name + ".end", end), Graph.Whole(name + ".axis", 1)]);
    }

    public string Concat(params ReadOnlySpan<string> rows) => Graph.Node(NextName("Concat"), "Concat", rows, ("axis", 1));

    public string Activate(Activation activation, string x) => activation switch
    {
        Activation.LecunTanh => LecunTanh(x),
        Activation.Tanh => Node("Tanh", x),
        Activation.Relu => Node("Relu", x),
        Activation.Silu => Node("Mul", x, Node("Sigmoid", x)),
        _ => Gelu(x),
    };

    public string Activate(HeadActivation activation, string x) => activation switch
    {
        HeadActivation.Tanh => Node("Tanh", x),
        HeadActivation.LecunTanh => LecunTanh(x),
        _ => x,
    };

    public string NextName(string hint) => $"{hint}_{_count++}";

    private string LecunTanh(string x) => Node("Mul", Node("Tanh", Node("Mul", x, Scalar(Neural.LecunTanh.Slope))), Scalar(Neural.LecunTanh.Amplitude));

    private string Gelu(string x)
    {
        string half = Node("Mul", x, Scalar(0.5));
        string erf = Node("Erf", Node("Mul", x, Scalar(Math.Sqrt(0.5))));
        return Node("Mul", half, Node("Add", erf, Scalar(1.0)));
    }
}
