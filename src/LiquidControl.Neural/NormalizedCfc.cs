using System.Numerics;

namespace LiquidControl.Neural;

/// <summary>
/// A CfC between physical units: features are shifted and scaled, the time since the last step is divided by the model's timespan scale,
/// outputs are scaled, all as the model's metadata say. Holds its own state; one instance serves one loop.
/// </summary>
public sealed class NormalizedCfc<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly Cfc<T> _network;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _outputScale;
    private readonly double _timespanScale;
    private readonly T[] _input;
    private readonly T[] _state;
    private readonly T[] _output;
    private readonly T[] _scratch;

    /// <exception cref="ModelFormatException">The metadata do not fit the network.</exception>
    public NormalizedCfc(Model model)
    {
        ModelMetadata metadata = model.Metadata;
        metadata.ThrowIfInvalid(model.Architecture, "model");
        _network = Cfc<T>.Create(model.Weights);
        _input = new T[_network.InputSize];
        _state = new T[_network.StateSize];
        _output = new T[_network.OutputSize];
        _scratch = new T[_network.ScratchLength];
        _mean = new double[_input.Length];
        _scale = new double[_input.Length];
        _outputScale = new double[_output.Length];
        _scale.AsSpan().Fill(1.0);
        _outputScale.AsSpan().Fill(1.0);
        for (int i = 0; i < metadata.Features.Length; i++)
        {
            _mean[i] = metadata.Features[i].Mean;
            _scale[i] = metadata.Features[i].Scale;
        }

        for (int i = 0; i < metadata.Outputs.Length; i++) _outputScale[i] = metadata.Outputs[i].Scale;
        _timespanScale = metadata.TimespanScale;
    }

    public int FeatureCount => _input.Length;

    public int OutputCount => _output.Length;

    /// <summary>The network's state, for hashing and recording.</summary>
    public ReadOnlySpan<T> State => _state;

    /// <summary>Forgets: the state is zero again.</summary>
    public void Reset() => _state.AsSpan().Clear();

    /// <summary>One step. Allocates nothing; never throws. Unless the result is Ok, state and outputs are as they were.</summary>
    /// <param name="features">In the units of the model's features, length <see cref="FeatureCount"/>.</param>
    /// <param name="dt">Time since the last step, in s.</param>
    /// <param name="outputs">In the units of the model's outputs, length <see cref="OutputCount"/>.</param>
    public CfcStepResult Step(ReadOnlySpan<double> features, double dt, Span<double> outputs)
    {
        if (features.Length != _input.Length) return CfcStepResult.InputLengthWrong;
        if (outputs.Length != _output.Length) return CfcStepResult.OutputLengthWrong;
        for (int i = 0; i < _input.Length; i++) _input[i] = T.CreateTruncating((features[i] - _mean[i]) / _scale[i]);

        CfcStepResult result = _network.Step(_input, T.CreateTruncating(dt / _timespanScale), _state, _output, _scratch);
        if (result != CfcStepResult.Ok) return result;
        for (int i = 0; i < outputs.Length; i++) outputs[i] = double.CreateTruncating(_output[i]) * _outputScale[i];
        return CfcStepResult.Ok;
    }
}
