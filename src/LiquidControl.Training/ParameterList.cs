using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>The tensors of a network as they are laid out one after the other in one flat array.</summary>
internal sealed class ParameterList
{
    private readonly List<ParameterTensor> _tensors = [];

    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>Parameters so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a vector and returns its offset.</summary>
    public int AddVector(string key, int length, Action<RandomStream, Span<float>> start, bool notNegative = false) =>
        Add(new ParameterTensor(key, Count, 0, length, start) { NotNegative = notNegative });

    /// <summary>Adds a matrix and returns its offset.</summary>
    public int AddMatrix(
        string key, int rows, int columns, Action<RandomStream, Span<float>> start, bool isKernel = false,
        IReadOnlyList<bool>? mask = null, bool notNegative = false) =>
        Add(new ParameterTensor(key, Count, rows, columns, start) { IsKernel = isKernel, Mask = mask, NotNegative = notNegative });

    /// <summary>
    /// Adds a linear layer as the reference library starts one inside a cell: Xavier for the matrix, ±1/√in for the bias.
    /// </summary>
    public LinearBlock AddCellLayer(string key, int outputs, int inputs)
    {
        int weight = AddMatrix(key + CfcKeys.Weight, outputs, inputs, ParameterStart.Xavier(outputs, inputs), isKernel: true);
        return new LinearBlock(weight, AddVector(key + CfcKeys.Bias, outputs, ParameterStart.Linear(inputs)), outputs, inputs);
    }

    /// <summary>Adds a linear layer as torch starts a plain one: ±1/√in for matrix and bias.</summary>
    public LinearBlock AddPlainLayer(string key, int outputs, int inputs, bool isKernel = false)
    {
        int weight = AddMatrix(key + CfcKeys.Weight, outputs, inputs, ParameterStart.Linear(inputs), isKernel);
        return new LinearBlock(weight, AddVector(key + CfcKeys.Bias, outputs, ParameterStart.Linear(inputs)), outputs, inputs);
    }

    private int Add(ParameterTensor tensor)
    {
        _tensors.Add(tensor);
        Count += tensor.Count;
        return tensor.Offset;
    }
}
