using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>Where a tensor starts under <see cref="StartRule.Keras"/>.</summary>
internal static class KerasStart
{
    private const string Readout = CfcKeys.Projection + CfcKeys.Weight;

    /// <summary>What Keras starts as torch does (Xavier kernels, an LSTM's orthogonal map, all of an LTC) is left to the tensor.</summary>
    public static Action<RandomStream, Span<float>> Of(ParameterTensor tensor)
    {
        if (tensor.Key == CfcKeys.TimeConstant || tensor.Key.EndsWith(CfcKeys.Bias, StringComparison.Ordinal))
            return ParameterStart.Constant(0f);
        if (tensor.Key == CfcKeys.Amplitude)
            return ParameterStart.Constant(1f);
        return tensor.Key == Readout ? ParameterStart.Xavier(tensor.Rows, tensor.Columns) : tensor.Start;
    }
}
