using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Control;

/// <summary>
/// Where the joints will be at any time within the next second, in one evaluation of a CfC whatever the horizon: the horizon is the timespan of
/// the closed form. The network gives what <see cref="TrackingForecast"/> does not know; what it sees is known at the time of the query.
/// </summary>
public sealed class JointStatePredictor
{
    /// <summary>The longest time a query may look ahead, s.</summary>
    public const double LongestHorizon = 1.0;

    private readonly NetworkKernel _kernel;
    private readonly KernelState _state;
    private readonly PredictionFeatures _features;
    private readonly TrackingForecast _forecast;
    private readonly NetworkInputs _inputs;
    private readonly double[] _outputScale;
    private readonly double _timespanScale;
    private readonly double[] _raw;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly float[] _stateThen;

    private JointStatePredictor(Model model, PredictionFeatures features, int jointCount, double bandwidth)
    {
        _kernel = NetworkKernel.Compile(model.Weights);
        _state = _kernel.CreateState();
        _features = features;
        _forecast = new TrackingForecast(jointCount, bandwidth);
        _inputs = new NetworkInputs(model.Metadata);
        _outputScale = [.. model.Metadata.Outputs.Select(output => output.Scale)];
        _timespanScale = model.Metadata.TimespanScale;
        _raw = new double[_kernel.InputSize];
        _input = new float[_kernel.InputSize];
        _output = new float[_kernel.OutputSize];
        _stateThen = new float[_kernel.StateSize];
    }

    /// <summary>Fits a model to an arm.</summary>
    /// <param name="model">The network and its normalisation.</param>
    /// <param name="jointCount">Joints of the arm.</param>
    /// <param name="settings">The controller's.</param>
    /// <param name="file">Where the model came from.</param>
    /// <exception cref="ModelFormatException">Its features or outputs are not those of a predictor for this arm.</exception>
    public static JointStatePredictor Create(Model model, int jointCount, ControllerSettings settings, string file)
    {
        const string Remedy = "Train a predictor for this arm: liquidcontrol train predict.";
        var features = new PredictionFeatures(jointCount);
        SignalNames.Require(file, "features", model.Metadata.Features.Select(feature => feature.Name), features.Names, Remedy);
        SignalNames.Require(file, "outputs", model.Metadata.Outputs.Select(output => output.Name), OutputNames(jointCount), Remedy);
        return new JointStatePredictor(model, features, jointCount, settings.TrackingBandwidth);
    }

    /// <summary>The outputs a predictor's model must have, in order: the true state minus that of
    /// <see cref="TrackingForecast"/>, over its growth.</summary>
    public static string[] OutputNames(int jointCount) =>
    [
        .. Enumerable.Range(1, jointCount).Select(i => $"position_beyond_law_{i}"),
        .. Enumerable.Range(1, jointCount).Select(i => $"velocity_beyond_law_{i}"),
    ];

    /// <summary>
    /// The joint state <paramref name="horizon"/> seconds from now if no setpoint comes. Allocates nothing; false when the horizon is outside
    /// [0, <see cref="LongestHorizon"/>] or a number was not finite (what is written then means nothing).
    /// </summary>
    /// <param name="estimate">The estimate now.</param>
    /// <param name="reference">The plan, at now.</param>
    /// <param name="horizon">s.</param>
    /// <param name="position">rad, one a joint.</param>
    /// <param name="velocity">rad/s, one a joint.</param>
    public bool Predict(RobotState estimate, ReferenceGenerator reference, double horizon, Span<double> position, Span<double> velocity)
    {
        if (!(horizon >= 0.0 && horizon <= LongestHorizon))
            return false;
        _forecast.At(estimate, reference, horizon, position, velocity);
        _features.Write(estimate, reference, horizon, _forecast.Plan, _raw);
        _inputs.Normalise(_raw, _input);
        if (_kernel.StateAt(_state, _input, (float)(horizon / _timespanScale), _stateThen, _output) != StepResult.Ok)
            return false;
        int n = position.Length;
        double growth = _forecast.Growth;
        bool finite = true;
        for (int i = 0; i < n; i++)
        {
            position[i] += growth * _outputScale[i] * _output[i];
            velocity[i] += growth * _outputScale[n + i] * _output[n + i];
            finite &= double.IsFinite(position[i]) && double.IsFinite(velocity[i]);
        }

        return finite;
    }
}
