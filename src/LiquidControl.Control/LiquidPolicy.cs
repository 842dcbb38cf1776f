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

    private const string Remedy = "Train a policy for this arm: liquidcontrol train arm.";

    private readonly IPolicyNetwork _network;
    private readonly PolicyFeatures _features;
    private readonly NetworkInputs _inputs;
    private readonly double[] _outputScale;
    private readonly double _timespanScale;
    private readonly double[] _raw;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly ResidualBasis? _basis;
    private readonly double[] _basisValues;
    private readonly double[] _parameters;

    private LiquidPolicy(IPolicyNetwork network, ModelMetadata metadata, PolicyFeatures features, ResidualBasis? basis, IdentifiedTorque? identified)
    {
        _network = network;
        _features = features;
        _inputs = new NetworkInputs(metadata);
        _outputScale = [.. metadata.Outputs.Select(output => output.Scale)];
        _timespanScale = metadata.TimespanScale;
        _raw = new double[network.InputSize];
        _input = new float[network.InputSize];
        _output = new float[network.OutputSize];
        _basis = basis;
        Identified = identified;
        _basisValues = new double[basis?.Entries.Count ?? 0];
        _parameters = new double[network.OutputSize];
    }

    /// <summary>
    /// The identified parameters on which the network stands, seeing them and adding to their torque; whoever evaluates the network advances
    /// them first. Null for a network that stands alone.
    /// </summary>
    public IdentifiedTorque? Identified { get; }

    /// <summary>One name a feature, in their order.</summary>
    public IReadOnlyList<string> FeatureNames => _features.Names;

    /// <summary>The network's inputs of the last evaluation before normalisation, SI units.</summary>
    public ReadOnlySpan<double> LastFeatures => _raw;

    /// <summary>The network's state after the last evaluation, as many numbers as it has.</summary>
    public void ReadState(Span<float> state) => _network.ReadState(state);

    /// <summary>Evaluations since it was made, refused ones included: whether a cycle asked the network.</summary>
    public long Evaluations { get; private set; }

    /// <summary>
    /// Fits a model to an arm. Throws <see cref="ModelFormatException"/> when its features or outputs are not those of this arm and role;
    /// <paramref name="file"/> is named in the message, or when its network cannot be computed in these numbers.
    /// </summary>
    /// <param name="model">The network and its normalisation.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="settings">Of the controller it serves.</param>
    /// <param name="role">What the outputs are.</param>
    /// <param name="file">Where the model came from.</param>
    /// <param name="precision">
    /// The numbers the network is computed in; fixed point takes the ranges of the model's calibration, without one those of clipped features.
    /// </param>
    /// <param name="inside">What the policy asks in the network's place: something around it; null for the network itself.</param>
    public static LiquidPolicy Create(
        Model model, ArmDescription arm, ControllerSettings settings, PolicyRole role, string file, KernelPrecision precision = KernelPrecision.Binary32,
        Func<IPolicyNetwork, IPolicyNetwork>? inside = null)
    {
        IPolicyNetwork network = new KernelPolicyNetwork(model, precision);
        return Fit(inside?.Invoke(network) ?? network, model.Metadata, arm, settings, role, file);
    }

    /// <summary>The same with a network of another kind, trained under this description.</summary>
    public static LiquidPolicy Create(IPolicyNetwork network, ModelMetadata metadata, ArmDescription arm, ControllerSettings settings, PolicyRole role, string name) =>
        Fit(network, metadata, arm, settings, role, name);

    /// <summary>The outputs a model of this role must have, in order.</summary>
    public static string[] OutputNames(PolicyRole role, int jointCount) =>
        [.. Enumerable.Range(1, jointCount).Select(i => $"{(role == PolicyRole.Residual ? "residual" : "torque")}_{i}")];

    private static LiquidPolicy Fit(
        IPolicyNetwork network, ModelMetadata metadata, ArmDescription arm, ControllerSettings settings, PolicyRole role, string file)
    {
        ResidualBasis? basis = role == PolicyRole.Residual ? new ResidualBasis(arm) : null;
        if (basis?.Names[0] != metadata.Outputs.FirstOrDefault()?.Name)
            basis = null;
        IdentifiedTorque? identified = basis is null ? null : new IdentifiedTorque(arm, settings);
        var features = new PolicyFeatures(arm, identified?.Identifier);
        SignalNames.Require(file, "features", metadata.Features.Select(feature => feature.Name), features.Names, Remedy);
        SignalNames.Require(
            file, "outputs", metadata.Outputs.Select(output => output.Name), basis?.Names ?? OutputNames(role, arm.JointCount), Remedy);
        return new LiquidPolicy(network, metadata, features, basis, identified);
    }

    public void Reset()
    {
        _network.Reset();
        _basis?.Reset();
        Identified?.Reset();
        Array.Clear(_output);
    }

    /// <summary>One step of the network; false when input or output was not finite (the output then means nothing).</summary>
    public bool Evaluate(RobotState state, ReferenceGenerator reference, JointCommand command, Span<double> output)
    {
        Evaluations++;
        _features.Write(state, reference, command, _raw);
        _inputs.Normalise(_raw, _input);
        if (!_network.Evaluate(_input, (float)(state.Interval / _timespanScale), _output))
            return false;
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i] = _output[i] * _outputScale[i];
        if (_basis is null)
        {
            _parameters.CopyTo(output);
        }
        else
        {
            _basis.Evaluate(Identified!.Identifier.Rows, reference.AtActuation.Velocity, state.Interval, _basisValues);
            _basis.Torque(_basisValues, _parameters, output);
        }

        bool finite = true;
        foreach (double torque in output)
            finite &= double.IsFinite(torque);
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
