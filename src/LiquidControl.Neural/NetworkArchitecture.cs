namespace LiquidControl.Neural;

/// <summary>
/// The shape of a network: everything but its weights. Sizes, modes and defaults are those of the reference library (ncps 1.0.1, torch);
/// what its other ports compute differently stands in properties of its own.
/// </summary>
public abstract record NetworkArchitecture
{
    private const int LargestExtent = 65_536;
    private const long MostParameters = 1L << 26;

    private protected NetworkArchitecture()
    {
    }

    /// <summary>Length of the input vector.</summary>
    public required int InputSize { get; init; }

    /// <summary>Whether, and how, an LSTM keeps a memory beside the liquid neurons.</summary>
    public MemoryCoupling Memory { get; init; } = MemoryCoupling.None;

    /// <summary>Added to the forget gate of the memory before its sigmoid.</summary>
    public double ForgetGateBias { get; init; } = 1.0;

    /// <summary>Liquid neurons.</summary>
    public abstract int NeuronCount { get; }

    /// <summary>Length of the output vector.</summary>
    public abstract int OutputSize { get; }

    /// <summary>Whether a step may take no time at all.</summary>
    public abstract bool AllowsZeroTimespan { get; }

    /// <summary>Length of the state vector: the neurons' states, then with mixed memory as many memory cells.</summary>
    public int StateSize => Memory == MemoryCoupling.None ? NeuronCount : 2 * NeuronCount;

    /// <summary>Length of the vector that the neurons read: the input, or the memory's output.</summary>
    public int CellInputSize => Memory == MemoryCoupling.Input ? NeuronCount : InputSize;

    /// <summary>Every tensor of the network under the reference library's state_dict key, in its order.</summary>
    public IReadOnlyList<TensorSpec> Tensors()
    {
        List<TensorSpec> tensors = [];
        AddCellTensors(tensors);
        if (Memory != MemoryCoupling.None)
        {
            int gates = 4 * NeuronCount;
            AddLinear(tensors, LstmKeys.InputMap, gates, InputSize);
            tensors.Add(new TensorSpec(LstmKeys.RecurrentMap + CfcKeys.Weight, [gates, NeuronCount]));
        }

        AddReadoutTensors(tensors);
        return tensors;
    }

    /// <summary>The same neurons without the LSTM: what is left reads <see cref="CellInputSize"/> numbers.</summary>
    internal NetworkArchitecture WithoutMemory() => this with { Memory = MemoryCoupling.None, InputSize = CellInputSize };

    /// <summary>Refuses sizes that make no network or one beyond the limits.</summary>
    /// <param name="file">Where the sizes came from, for the message.</param>
    /// <exception cref="ModelFormatException">A size is out of range.</exception>
    public void ThrowIfInvalid(string file)
    {
        Check(file, "input size", InputSize, 1, LargestExtent);
        Check(file, "memory", (int)Memory, 0, (int)MemoryCoupling.Input);
        if (!double.IsFinite(ForgetGateBias))
        {
            throw new ModelFormatException(file, "forget_gate_bias", $"{ForgetGateBias}", "a finite number", "Correct the architecture.");
        }

        ThrowIfCellInvalid(file);
        Check(file, "units", NeuronCount, 1, LargestExtent);
        long total = Tensors().Sum(tensor => tensor.Shape.Aggregate(1L, (product, extent) => product * extent));
        if (total > MostParameters)
        {
            throw new ModelFormatException(file, "architecture", $"{total} parameters", $"at most {MostParameters}",
                "Use a smaller network.");
        }
    }

    private protected abstract void ThrowIfCellInvalid(string file);

    private protected abstract void AddCellTensors(List<TensorSpec> tensors);

    /// <summary>What reads the neurons and stands after the memory in the state_dict.</summary>
    private protected virtual void AddReadoutTensors(List<TensorSpec> tensors)
    {
    }

    private protected static void AddLinear(List<TensorSpec> tensors, string key, int outputs, int inputs)
    {
        tensors.Add(new TensorSpec(key + CfcKeys.Weight, [outputs, inputs]));
        tensors.Add(new TensorSpec(key + CfcKeys.Bias, [outputs]));
    }

    private protected static void CheckExtent(string file, string name, int value) => Check(file, name, value, 1, LargestExtent);

    private protected static void Check(string file, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ModelFormatException(file, name, $"{value}", $"{least} to {most}", "Correct the architecture of the model.");
        }
    }
}
