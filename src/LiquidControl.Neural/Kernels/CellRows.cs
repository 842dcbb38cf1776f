namespace LiquidControl.Neural.Kernels;

/// <summary>The heads of a CfC cell as rows to be packed, with every constant folded in that can be.</summary>
/// <param name="Rows">[head, neuron]: f1 and f2, then the time heads a and b or the one head that they make; in mode pure only f1.</param>
/// <param name="Units">Neurons of the cell.</param>
/// <param name="Mask">[neuron, column], 1 where f1 and f2 have a synapse; empty: all are.</param>
/// <param name="TimeConstant">Mode pure: of each neuron.</param>
/// <param name="Amplitude">Mode pure: of each neuron.</param>
internal sealed record CellRows(LinearRows Rows, int Units, double[] Mask, double[] TimeConstant, double[] Amplitude)
{
    /// <param name="weights">Where the cell's tensors are.</param>
    /// <param name="key">The key a tensor of this cell has, given the dense cell's.</param>
    /// <param name="mode">How the heads combine.</param>
    /// <param name="activation">What the heads go through.</param>
    /// <param name="mask">1 for each weight of the heads that is a synapse; empty: all are.</param>
    /// <param name="inputFactor">What the vector that the heads read is short of.</param>
    /// <param name="constantTimespan">The only timespan, if there is only one.</param>
    public static CellRows Read(
        NetworkWeights weights,
        Func<string, string> key,
        CfcMode mode,
        HeadActivation activation,
        ReadOnlySpan<double> mask,
        double inputFactor,
        float? constantTimespan)
    {
        LinearRows head1 = LinearRows.Read(weights, key(CfcKeys.Head1), mask).OfScaledInput(inputFactor);
        int units = head1.Rows;
        if (mode == CfcMode.Pure)
        {
            return new CellRows(head1, units, mask.ToArray(),
                weights[key(CfcKeys.TimeConstant)].ToArray(), weights[key(CfcKeys.Amplitude)].ToArray());
        }

        double slope = activation == HeadActivation.LecunTanh ? LecunTanh.Slope : 1.0;
        LinearRows head2 = LinearRows.Read(weights, key(CfcKeys.Head2), mask).OfScaledInput(inputFactor);
        // The gate is σ(t) = 1/2 + 1/2 tanh(t/2).
        LinearRows timeA = LinearRows.Read(weights, key(CfcKeys.TimeA)).OfScaledInput(inputFactor).Scaled(0.5);
        LinearRows timeB = LinearRows.Read(weights, key(CfcKeys.TimeB)).OfScaledInput(inputFactor).Scaled(0.5);
        LinearRows time = constantTimespan is float dt ? timeA.Scaled(dt).Plus(timeB) : timeA.Above(timeB);
        return new CellRows(head1.Scaled(slope).Above(head2.Scaled(slope)).Above(time), units, mask.ToArray(), [], []);
    }

    /// <summary>What makes states of the sums.</summary>
    public CellSolution Solution<TSimd, TVector>(CfcMode mode, HeadActivation activation, float? constantTimespan)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => mode == CfcMode.Pure
        ? new PureSolution<TSimd, TVector>(TimeConstant, Amplitude)
        : CfcBlend.Create<TSimd, TVector>(mode, activation, constantTimespan is not null);
}
