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

    /// <param name="cell">The cell's heads.</param>
    /// <param name="solution">What makes states of their sums.</param>
    public PackedCell(CellRows cell, CellSolution solution)
    {
        int rest = cell.Units % TSimd.Width;
        int heads = cell.Rows.Rows / cell.Units;
        bool hasTail = heads > 1 && TSimd.Width == 2 * TailWidth && rest is > 0 and <= TailWidth;
        _solution = solution;
        _heads = PackedLayer<TSimd, TVector>.InBlocks(cell.Rows, cell.Units, hasTail ? TailWidth : TSimd.Width);
        _panels = CellPanels(heads, hasTail ? cell.Units - rest : cell.Units, hasTail);
        _firstPanel = _panels.Pointer;
        _endOfPanels = _firstPanel + _panels.Length;
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
