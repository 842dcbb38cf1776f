namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC cell without backbone, packed; see <see cref="Cfc{T}"/> for the formulas.</summary>
internal sealed unsafe class PackedCell<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TailWidth = 4;

    private readonly PackedLayer<TSimd, TVector> _heads;
    private readonly CfcBlend? _blend;
    private readonly PureSolution<TSimd, TVector>? _pure;
    private readonly int _blocks;
    private readonly bool _hasTail;

    /// <param name="weights">Where the cell's tensors are.</param>
    /// <param name="key">The key a tensor of this cell has, given the dense cell's.</param>
    /// <param name="mode">How the heads combine.</param>
    /// <param name="activation">What the heads go through.</param>
    /// <param name="mask">1 for each weight of the heads that is a synapse; empty: all are.</param>
    /// <param name="inputFactor">What the vector that the heads read is short of.</param>
    /// <param name="constantTimespan">The only timespan, if there is only one.</param>
    public PackedCell(
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
            _pure = new PureSolution<TSimd, TVector>(weights[key(CfcKeys.TimeConstant)], weights[key(CfcKeys.Amplitude)]);
            _heads = new PackedLayer<TSimd, TVector>(head1, PackedLayer<TSimd, TVector>.InOrder(units));
            return;
        }

        double slope = activation == HeadActivation.LecunTanh ? ActivationFunction.LecunSlope : 1.0;
        LinearRows head2 = LinearRows.Read(weights, key(CfcKeys.Head2), mask).OfScaledInput(inputFactor);
        // The gate is σ(t) = 1/2 + 1/2 tanh(t/2).
        LinearRows timeA = LinearRows.Read(weights, key(CfcKeys.TimeA)).OfScaledInput(inputFactor).Scaled(0.5);
        LinearRows timeB = LinearRows.Read(weights, key(CfcKeys.TimeB)).OfScaledInput(inputFactor).Scaled(0.5);
        LinearRows time = constantTimespan is float dt ? timeA.Scaled(dt).Plus(timeB) : timeA.Above(timeB);
        LinearRows heads = head1.Scaled(slope).Above(head2.Scaled(slope)).Above(time);

        int rest = units % TSimd.Width;
        _hasTail = TSimd.Width == 2 * TailWidth && rest is > 0 and <= TailWidth;
        _blocks = _hasTail ? units / TSimd.Width : (units + TSimd.Width - 1) / TSimd.Width;
        _heads = new PackedLayer<TSimd, TVector>(
            heads, PackedLayer<TSimd, TVector>.InBlocks(heads.Rows / units, units, _hasTail ? TailWidth : TSimd.Width));
        _blend = CfcBlend.Create<TSimd, TVector>(mode, activation, constantTimespan is not null);
    }

    /// <summary>Working memory of <see cref="Apply"/>.</summary>
    public int WorkLength => _heads.OutputLength;

    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Time since the last step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new state, written in whole blocks of up to eight.</param>
    public void Apply(float* z, float timespan, float* sums, float* state)
    {
        _heads.Apply(z, sums);
        if (_pure is null) _blend!.Apply(sums, _blocks, _hasTail, timespan, state);
        else _pure.Apply(sums, timespan, state);
    }
}
