using LiquidControl.Neural;

namespace LiquidControl.Control;

/// <summary>Features as a network sees them: (value - mean) / scale, kept within a few standard deviations.</summary>
internal sealed class NetworkInputs
{
    private readonly double[] _mean;
    private readonly double[] _inverseScale;

    public NetworkInputs(ModelMetadata metadata)
    {
        _mean = [.. metadata.Features.Select(feature => feature.Mean)];
        _inverseScale = [.. metadata.Features.Select(feature => 1.0 / feature.Scale)];
    }

    /// <summary>Both of the network's input size.</summary>
    public void Normalise(ReadOnlySpan<double> features, Span<float> input)
    {
        for (int i = 0; i < input.Length; i++)
            input[i] = (float)Math.Clamp((features[i] - _mean[i]) * _inverseScale[i], -LiquidPolicy.FeatureClip, LiquidPolicy.FeatureClip);
    }
}
