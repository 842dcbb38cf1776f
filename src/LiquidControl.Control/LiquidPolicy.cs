using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Control;

/// <summary>
/// A trained network with what it needs on the arm: features, normalisation, state. Outputs are torques, N·m, one a joint: a residual on top of
/// the classical law, or the whole torque.
/// </summary>
public sealed class LiquidPolicy
{
    /// <summary>Normalised features are kept within this many standard deviations, in training as on the arm.</summary>
    public const double FeatureClip = 8.0;

    private readonly NetworkKernel _kernel;
    private readonly KernelState _state;
    private readonly PolicyFeatures _features;
    private readonly NetworkInputs _inputs;
    private readonly double[] _outputScale;
    private readonly double _timespanScale;
    private readonly double[] _raw;
    private readonly float[] _input;
    private readonly float[] _output;

    private LiquidPolicy(Model model, PolicyFeatures features, KernelPrecision precision)
    {
        _kernel = precision == KernelPrecision.Binary32
            ? NetworkKernel.Compile(model.Weights)
            : FixedPointKernel.Compile(model.Weights, precision, model.Metadata.FixedPoint?.Ranges);
        _state = _kernel.CreateState();
        _features = features;
        _inputs = new NetworkInputs(model.Metadata);
        _outputScale = [.. model.Metadata.Outputs.Select(output => output.Scale)];
        _timespanScale = model.Metadata.TimespanScale;
        _raw = new double[_kernel.InputSize];
        _input = new float[_kernel.InputSize];
        _output = new float[_kernel.OutputSize];
    }

    /// <summary>The network's inputs of the last evaluation before normalisation, SI units.</summary>
    public ReadOnlySpan<double> LastFeatures => _raw;

    /// <summary>The network's state after the last evaluation, as many numbers as it has.</summary>
    public void ReadState(Span<float> state) => _state.Read(state);

    /// <summary>Evaluations since it was made, refused ones included: whether a cycle asked the network.</summary>
    public long Evaluations { get; private set; }

    /// <summary>
    /// Fits a model to an arm. Throws <see cref="ModelFormatException"/> when its features or outputs are not those of this arm and role;
    /// <paramref name="file"/> is named in the message, or when its network cannot be computed in these numbers.
    /// </summary>
    /// <param name="model">The network and its normalisation.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="role">What the outputs are.</param>
    /// <param name="file">Where the model came from.</param>
    /// <param name="precision">
    /// The numbers the network is computed in; fixed point takes the ranges of the model's calibration, without one those of clipped features.
    /// </param>
    public static LiquidPolicy Create(
        Model model, ArmDescription arm, PolicyRole role, string file, KernelPrecision precision = KernelPrecision.Binary32)
    {
        var features = new PolicyFeatures(arm);
        const string Remedy = "Train a policy for this arm: liquidcontrol train arm.";
        SignalNames.Require(file, "features", model.Metadata.Features.Select(feature => feature.Name), features.Names, Remedy);
        SignalNames.Require(file, "outputs", model.Metadata.Outputs.Select(output => output.Name), OutputNames(role, arm.JointCount), Remedy);
        return new LiquidPolicy(model, features, precision);
    }

    /// <summary>The outputs a model of this role must have, in order.</summary>
    public static string[] OutputNames(PolicyRole role, int jointCount) =>
        [.. Enumerable.Range(1, jointCount).Select(i => $"{(role == PolicyRole.Residual ? "residual" : "torque")}_{i}")];

    public void Reset()
    {
        _state.Reset();
        Array.Clear(_output);
    }

    /// <summary>One step of the network; false when input or output was not finite (the output then means nothing).</summary>
    public bool Evaluate(RobotState state, ReferenceGenerator reference, JointCommand command, Span<double> output)
    {
        Evaluations++;
        _features.Write(state, reference, command, _raw);
        _inputs.Normalise(_raw, _input);
        StepResult result = _kernel.Step(_state, _input, (float)(state.Interval / _timespanScale), _output);
        // In its first cycle no time has passed: a network that solves an equation is then where it was.
        if (result is not (StepResult.Ok or StepResult.TimespanZero))
            return false;
        bool finite = true;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = _output[i] * _outputScale[i];
            finite &= double.IsFinite(output[i]);
        }

        return finite;
    }
}

/// <summary>What a policy's outputs are.</summary>
public enum PolicyRole
{
    /// <summary>Torque added to the classical law's.</summary>
    Residual,

    /// <summary>The whole torque.</summary>
    EndToEnd,
}
