namespace LiquidControl.Neural.Kernels;

/// <summary>A linear readout: its sums, each times the real value of a sum of 1.</summary>
internal sealed unsafe class Int32Readout : FixedPointReadout
{
    private readonly Int32Layer _layer;
    private readonly KernelPath _path;
    private readonly double[] _steps;
    private readonly int _sums;

    public Int32Readout(Int32Layer layer, KernelPath path, FixedPointLayout layout)
    {
        _layer = layer;
        _path = path;
        _steps = new double[layer.Rows];
        for (int row = 0; row < _steps.Length; row++) _steps[row] = layer.Step(row);
        _sums = layout.Reserve<long>(layer.PaddedRows);
    }

    public override void Run(byte* memory, Span<float> output)
    {
        long* sums = (long*)(memory + _sums);
        Int32Sum.Apply(_path, _layer, (int*)(memory + _layer.SourceOffset), sums);
        for (int row = 0; row < output.Length; row++) output[row] = (float)(sums[row] * _steps[row]);
    }
}
