namespace LiquidControl.Neural.Certificates;

/// <summary>What a network consists of and what one step of it computes.</summary>
/// <param name="Connections">
/// Weights between inputs, neurons and outputs that count: those of linear layers without what a mask leaves out, or the synapses of an LTC.
/// Biases and time constants are no connections.
/// </param>
/// <param name="MultiplyAdds">Products that a step adds up, in its linear layers and for an LTC in its currents and conductances.</param>
/// <param name="Sigmoids">Sigmoids, hyperbolic tangents, exponentials and error functions of a step.</param>
public sealed record NetworkCost(long Connections, long MultiplyAdds, long Sigmoids)
{
    public static NetworkCost Of(NetworkWeights weights)
    {
        NetworkArchitecture architecture = weights.Architecture;
        NetworkCost memory = architecture.Memory == MemoryCoupling.None ? new(0, 0, 0) : OfMemory(architecture);
        NetworkCost neurons = architecture switch
        {
            LtcArchitecture ltc => OfLtc(weights, ltc),
            CfcArchitecture dense => OfDense(weights, dense),
            _ => OfWired(weights, (WiredCfcArchitecture)architecture),
        };
        return new(neurons.Connections + memory.Connections, neurons.MultiplyAdds + memory.MultiplyAdds, neurons.Sigmoids + memory.Sigmoids);
    }

    private static NetworkCost OfMemory(NetworkArchitecture architecture)
    {
        long units = architecture.NeuronCount;
        long weights = 4 * units * (architecture.InputSize + units);
        // c f + i g, and m: a sum of two products, and one product.
        return new(weights, weights + 2 * units, 5 * units);
    }

    private static NetworkCost OfDense(NetworkWeights weights, CfcArchitecture architecture)
    {
        long linear = CellMatrices(weights);
        long backbone = architecture.Activation == Activation.Relu ? 0 : (long)architecture.BackboneLayers * architecture.BackboneUnits;
        return new(linear, linear + CellProducts(architecture.Mode) * architecture.Units,
            backbone + CellFunctions(architecture.Mode, architecture.HeadActivation) * architecture.Units);
    }

    private static NetworkCost OfWired(NetworkWeights weights, WiredCfcArchitecture architecture)
    {
        long linear = CellMatrices(weights);
        return new(linear, linear + CellProducts(architecture.Mode) * architecture.NeuronCount,
            CellFunctions(architecture.Mode, architecture.HeadActivation) * architecture.NeuronCount);
    }

    private static NetworkCost OfLtc(NetworkWeights weights, LtcArchitecture architecture)
    {
        long recurrent = Existing(weights[LtcKeys.Recurrent.Mask]), sensory = Existing(weights[LtcKeys.Sensory.Mask]);
        long evaluations = recurrent * architecture.OdeUnfolds + sensory;
        // A synapse: slope times distance, weight times sigmoid, current. A neuron: capacitance times state each unfold, and its leak once.
        long products = 3 * evaluations + (architecture.OdeUnfolds + 1L) * architecture.NeuronCount
            + architecture.CellInputSize + architecture.OutputSize;
        return new(recurrent + sensory, products, evaluations);
    }

    /// <summary>The weights of all linear layers of a CfC, without those that a mask leaves out; the memory's are counted by themselves.</summary>
    private static long CellMatrices(NetworkWeights weights)
    {
        long sum = 0;
        foreach (TensorSpec tensor in weights.Tensors.Where(tensor => tensor.Key.EndsWith(CfcKeys.Weight, StringComparison.Ordinal)))
        {
            if (tensor.Key.StartsWith("lstm.", StringComparison.Ordinal)) continue;
            string[] place = tensor.Key.Split('.');
            string mask = $"{place[0]}.{place[1]}.sparsity_mask";
            bool isHead = place[^2] is "ff1" or "ff2";
            sum += isHead && weights.Has(mask) ? Existing(weights[mask]) : tensor.Length;
        }

        return sum;
    }

    private static long Existing(ReadOnlySpan<double> mask)
    {
        long count = 0;
        foreach (double value in mask) count += value == 0.0 ? 0 : 1;
        return count;
    }

    private static long CellProducts(CfcMode mode) => mode switch { CfcMode.Default => 3, CfcMode.NoGate => 2, _ => 3 };

    private static long CellFunctions(CfcMode mode, HeadActivation activation) =>
        mode == CfcMode.Pure ? 1 : activation == HeadActivation.Identity ? 1 : 3;
}
