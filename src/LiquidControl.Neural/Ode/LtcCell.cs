namespace LiquidControl.Neural.Ode;

/// <summary>An LTC network's weights under another description of the same neurons.</summary>
public static class LtcCell
{
    /// <summary>The neurons without the LSTM that may stand beside them.</summary>
    /// <exception cref="ArgumentException">The network is no LTC, or its neurons read the LSTM instead of the input.</exception>
    public static NetworkWeights Of(NetworkWeights weights)
    {
        if (weights.Architecture is LtcArchitecture { Memory: not MemoryCoupling.Input } architecture)
        {
            return Copy(weights, architecture with { Memory = MemoryCoupling.None });
        }

        throw new ArgumentException("An LTC network whose neurons read the input is needed.", nameof(weights));
    }

    /// <summary>The same network with another number of semi-implicit steps in one step.</summary>
    /// <exception cref="ArgumentException">The network is no LTC.</exception>
    public static NetworkWeights WithUnfolds(NetworkWeights weights, int unfolds) =>
        weights.Architecture is LtcArchitecture architecture
            ? Copy(weights, architecture with { OdeUnfolds = unfolds })
            : throw new ArgumentException("An LTC network is needed.", nameof(weights));

    private static NetworkWeights Copy(NetworkWeights weights, LtcArchitecture architecture)
    {
        NetworkWeights copy = new(architecture);
        foreach (TensorSpec tensor in copy.Tensors) weights[tensor.Key].CopyTo(copy[tensor.Key]);
        return copy;
    }
}
