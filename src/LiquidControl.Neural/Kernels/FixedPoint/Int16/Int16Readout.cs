namespace LiquidControl.Neural.Kernels;

/// <summary>A linear readout: its sums, each times the real value of a sum of 1.</summary>
internal sealed unsafe class Int16Readout<TSimd, TVector> : FixedPointReadout
    where TSimd : struct, IInt16Simd<TVector>
    where TVector : unmanaged
{
    private readonly Int16Layer _layer;
    private readonly double[] _steps;
    private readonly int _sums;

    public Int16Readout(Int16Layer layer, FixedPointLayout layout)
    {
        _layer = layer;
        _steps = new double[layer.Rows];
        for (int row = 0; row < _steps.Length; row++) _steps[row] = layer.Step(row);
        _sums = layout.Reserve<int>(layer.PaddedRows);
    }

    public override void Run(byte* memory, Span<float> output)
    {
        int* sums = (int*)(memory + _sums);
        Int16Sum<TSimd, TVector>.Apply(_layer, (short*)(memory + _layer.SourceOffset), sums);
        for (int row = 0; row < output.Length; row++) output[row] = (float)(sums[row] * _steps[row]);
    }
}
