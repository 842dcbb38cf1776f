using System.Buffers.Binary;
using Google.Protobuf;
using Onnx;

namespace LiquidControl.Exchange;

/// <summary>
/// An ONNX graph as it is put together: inputs, constants, nodes of one output each, outputs. Numbers are 32-bit, shapes fixed, and values
/// are known by their names, each given once and before it is used, so that the nodes stand in the order ONNX demands. The same calls give
/// the same bytes. Format: github.com/onnx/onnx, docs/IR.md and docs/Operators.md.
/// </summary>
/// <param name="name">The graph's.</param>
/// <exception cref="ArgumentException">Anywhere: a name given twice or used before it is given, or numbers that do not fit.</exception>
internal sealed class OnnxGraph(string name)
{
    /// <summary>The operator set the nodes are taken from, that of ONNX 1.12.</summary>
    public const int OperatorSet = 17;

    // The version of the format that ONNX 1.12 wrote.
    private const int FormatVersion = 8;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly List<StringStringEntryProto> _metadata = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <summary>A text that travels with the model.</summary>
    public void Metadata(string key, string value) => _metadata.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>Declares an input of 32-bit numbers.</summary>
    /// <returns>Its name.</returns>
    public string Input(string name, params ReadOnlySpan<int> shape)
    {
        Give(name);
        _graph.Input.Add(Described(name, shape));
        return name;
    }

    /// <summary>A constant, rounded to 32-bit numbers, row-major.</summary>
    /// <returns>Its name.</returns>
    public string Constant(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        TensorProto tensor = NewConstant(name, TensorProto.Types.DataType.Float, values.Length, shape);
        byte[] data = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            float value = (float)values[i];
            if (!float.IsFinite(value)) throw new ArgumentException($"{name}[{i}] = {values[i]} is no finite 32-bit number.");
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), value);
        }

        tensor.RawData = UnsafeByteOperations.UnsafeWrap(data);
        return name;
    }

    /// <summary>A constant row of whole numbers, for the operators that take their bounds, axes or shapes as an input.</summary>
    /// <returns>Its name.</returns>
    public string Whole(string name, params ReadOnlySpan<long> values)
    {
        NewConstant(name, TensorProto.Types.DataType.Int64, values.Length, values.Length).Int64Data.AddRange(values.ToArray());
        return name;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="output">The name of its value.</param>
    /// <param name="operation">The operator, such as Gemm.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Whole-numbered ones, such as axis.</param>
    /// <returns>The output's name.</returns>
    public string Node(
        string output, string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        NodeProto node = new() { Name = output, OpType = operation };
        foreach (string input in inputs)
        {
            Require(input);
            node.Input.Add(input);
        }

        Give(output);
        node.Output.Add(output);
        foreach ((string attribute, long value) in attributes)
        {
            node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Int, I = value });
        }

        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Declares a value of 32-bit numbers an output of the graph.</summary>
    public void Output(string name, params ReadOnlySpan<int> shape)
    {
        Require(name);
        _graph.Output.Add(Described(name, shape));
    }

    /// <summary>The whole model file.</summary>
    public byte[] ToBytes() => new ModelProto
    {
        IrVersion = FormatVersion,
        ProducerName = "LiquidControl",
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
        Graph = _graph,
        MetadataProps = { _metadata },
    }.ToByteArray();

    private TensorProto NewConstant(string name, TensorProto.Types.DataType type, int length, params ReadOnlySpan<int> shape)
    {
        Give(name);
        TensorProto tensor = new() { Name = name, DataType = (int)type };
        long product = 1;
        foreach (int extent in shape)
        {
            product = checked(product * extent);
            tensor.Dims.Add(extent);
        }

        if (product != length) throw new ArgumentException($"{name} has {length} numbers, but its shape takes {product}.");
        _graph.Initializer.Add(tensor);
        return tensor;
    }

    private static ValueInfoProto Described(string name, ReadOnlySpan<int> shape)
    {
        TensorShapeProto extents = new();
        foreach (int extent in shape) extents.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
        TypeProto.Types.Tensor tensor = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = extents };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private void Give(string name)
    {
        if (name.Length == 0 || !_values.Add(name)) throw new ArgumentException($"'{name}' is empty or taken.");
    }

    private void Require(string name)
    {
        if (!_values.Contains(name)) throw new ArgumentException($"'{name}' is not given yet.");
    }
}
