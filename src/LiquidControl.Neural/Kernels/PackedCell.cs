using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>A CfC cell without backbone, packed; see <see cref="Cfc{T}"/> for the formulas.</summary>
internal sealed unsafe class PackedCell<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int TailWidth = 4;

    private readonly PackedLayer<TSimd, TVector> _heads;
    private readonly CellSolution _solution;
    private readonly AlignedBuffer<CellPanel> _panels;
    private readonly CellPanel* _firstPanel;
    private readonly CellPanel* _endOfPanels;

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
            _solution = new PureSolution<TSimd, TVector>(weights[key(CfcKeys.TimeConstant)], weights[key(CfcKeys.Amplitude)]);
            _heads = PackedLayer<TSimd, TVector>.InOrder(head1);
            _panels = CellPanels(1, units, hasTail: false);
            _firstPanel = _panels.Pointer;
            _endOfPanels = _firstPanel + _panels.Length;
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
        bool hasTail = TSimd.Width == 2 * TailWidth && rest is > 0 and <= TailWidth;
        _heads = PackedLayer<TSimd, TVector>.InBlocks(heads, units, hasTail ? TailWidth : TSimd.Width);
        _panels = CellPanels(heads.Rows / units, hasTail ? units - rest : units, hasTail);
        _firstPanel = _panels.Pointer;
        _endOfPanels = _firstPanel + _panels.Length;
        _solution = CfcBlend.Create<TSimd, TVector>(mode, activation, constantTimespan is not null);
    }

    /// <summary>Working memory of <see cref="Apply"/>.</summary>
    public int WorkLength => _heads.OutputLength;

    /// <param name="z">What the heads read.</param>
    /// <param name="timespan">Time since the last step.</param>
    /// <param name="sums">Working memory.</param>
    /// <param name="state">The new state, written in whole blocks of up to eight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* z, float timespan, float* sums, float* state)
    {
        for (CellPanel* panel = _firstPanel; panel < _endOfPanels; panel++)
        {
            panel->Sums.Apply(z, sums);
            _solution.Apply(sums + panel->FirstSum, panel->First, panel->Blocks, panel->HasTail, timespan, state + panel->First);
        }
    }

    /// <summary>Each panel, with the neurons all of whose heads are summed when it is.</summary>
    private AlignedBuffer<CellPanel> CellPanels(int heads, int neurons, bool hasTail)
    {
        int done = 0, blocks = (neurons + TSimd.Width - 1) / TSimd.Width;
        var panels = new AlignedBuffer<CellPanel>(_heads.Panels.Length);
        for (int i = 0; i < panels.Length; i++)
        {
            Panel sums = _heads.Panels[i];
            int end = int.Min(blocks, (int)(sums.First + sums.Length) / (heads * TSimd.Width));
            panels.Span[i] = new CellPanel(
                sums, done * heads * TSimd.Width, done * TSimd.Width, end - done, hasTail && i == panels.Length - 1);
            done = end;
        }

        return panels;
    }

    /// <param name="Sums">The panel.</param>
    /// <param name="FirstSum">Where the sums of the neurons begin.</param>
    /// <param name="First">The first neuron.</param>
    /// <param name="Blocks">Whole vectors of neurons.</param>
    /// <param name="HasTail">Whether four neurons more follow.</param>
    private readonly record struct CellPanel(Panel Sums, nint FirstSum, nint First, nint Blocks, bool HasTail);
}
