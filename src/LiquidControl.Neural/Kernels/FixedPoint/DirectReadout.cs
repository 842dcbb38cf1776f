namespace LiquidControl.Neural.Kernels;

/// <summary>An output that is the state itself.</summary>
internal sealed unsafe class DirectReadout : FixedPointReadout
{
    private readonly FixedPointFormat _format;
    private readonly double[] _steps;
    private readonly int _offset;

    /// <param name="format">How the state is kept.</param>
    /// <param name="scales">The real value of each number at full scale.</param>
    /// <param name="offset">Of the first, in bytes.</param>
    public DirectReadout(FixedPointFormat format, double[] scales, int offset)
    {
        _format = format;
        _steps = [.. scales.Select(scale => scale / format.FullScale)];
        _offset = offset;
    }

    public override void Run(byte* memory, Span<float> output)
    {
        byte* element = memory + _offset;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (float)(_format.ReadElement(element) * _steps[i]);
            element += _format.ElementSize;
        }
    }
}
