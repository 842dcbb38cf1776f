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
    private readonly CfcBlend _blend;
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
        // Only panels of a cell with heads have a method of their own.
        _blend = (solution as CfcBlend)!;
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
            Panel sum = panel->Sums;
            float* first = state + panel->First;
            switch (panel->Kind)
            {
                case CellPanelKind.Ten: _blend.SumAndApplyTen(sum.Weights, z, sum.Columns, timespan, sums, first); break;
                case CellPanelKind.Eight: _blend.SumAndApplyEight(sum.Weights, z, sum.Columns, timespan, sums, first); break;
                default: _solution.SumAndApply(panel, z, timespan, sums, first); break;
            }
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
            CellPanelKind kind = (heads, sums.Shape) switch
            {
                (4, PanelShape.Eight) => CellPanelKind.Eight,
                (4, PanelShape.Ten) => CellPanelKind.Ten,
                _ => CellPanelKind.General,
            };
            panels.Span[i] = new CellPanel(
                sums, kind, done * heads * TSimd.Width, done * TSimd.Width, end - done, hasTail && i == panels.Length - 1);
            done = end;
        }

        return panels;
    }
}
