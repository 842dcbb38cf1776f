namespace LiquidControl.Neural.Kernels;

/// <summary>The gates of the LSTM beside a network's neurons as rows to be packed, their constants folded in.</summary>
internal static class MemoryRows
{
    /// <summary>Candidate, input gate, forget gate, output gate.</summary>
    public const int Gates = 4;

    /// <summary>Rows [gate, place], columns [input; state].</summary>
    /// <param name="weights">Where the tensors are.</param>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    public static LinearRows Read(NetworkWeights weights, ReadOnlySpan<int> order)
    {
        NetworkArchitecture architecture = weights.Architecture;
        int units = order.Length, inputs = architecture.InputSize;
        int[] rows = new int[Gates * units];
        int[] columns = new int[inputs + units];
        for (int i = 0; i < inputs; i++) columns[i] = i;
        for (int i = 0; i < units; i++)
        {
            columns[inputs + i] = inputs + order[i];
            for (int gate = 0; gate < Gates; gate++) rows[gate * units + i] = gate * units + order[i];
        }

        LinearRows all = LinearRows.Read(weights, LstmKeys.InputMap).Beside(LinearRows.Read(weights, LstmKeys.RecurrentMap))
            .PlusBias(architecture.ForgetGateBias, 2 * units, units).Reordered(rows, columns);
        // Three gates are σ(t) = 1/2 + 1/2 tanh(t/2).
        return all.Part(0, units).Above(all.Scaled(0.5).Part(units, 3 * units));
    }
}
