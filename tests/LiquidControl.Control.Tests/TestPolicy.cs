using LiquidControl.Neural;

namespace LiquidControl.Control.Tests;

/// <summary>Hand-made networks of one neuron that do one thing: nothing, a constant, chatter, or break down.</summary>
internal static class TestPolicy
{
    /// <summary>Makes a float overflow: on a neuron without a bound, and on its way to an output.</summary>
    private const double Huge = 3e38;

    /// <summary>The same torque on every joint, N·m, always.</summary>
    public static LiquidPolicy Constant(ArmDescription arm, double torque, PolicyRole role = PolicyRole.Residual) =>
        Create(arm, role, weights => weights[CfcKeys.Projection + CfcKeys.Bias].Fill(torque));

    /// <summary>The same outputs always, as parameters of the arm's regressor and free torques: a policy on identified parameters.</summary>
    public static LiquidPolicy Parameters(ArmDescription arm, params double[] outputs)
    {
        var features = new PolicyFeatures(arm, new RegressorIdentifier(arm, new ControllerSettings()));
        var basis = new ResidualBasis(arm);
        Model model = Model(arm, PolicyRole.Residual);
        var weights = new NetworkWeights(
            (CfcArchitecture)model.Weights.Architecture with { InputSize = features.Count, ProjectionSize = basis.OutputCount });
        outputs.CopyTo(weights[CfcKeys.Projection + CfcKeys.Bias]);
        ModelMetadata metadata = model.Metadata with
        {
            Features = [.. features.Names.Select((name, i) => new ModelFeature(name, features.Units[i], 0.0, 1.0))],
            Outputs = [.. basis.Names.Select((name, i) => new ModelOutput(name, basis.Units[i], 1.0))],
        };
        return LiquidPolicy.Create(model with { Weights = weights, Metadata = metadata }, arm, new ControllerSettings(), PolicyRole.Residual, "test policy");
    }

    /// <summary>A torque that changes its sign at every step.</summary>
    public static LiquidPolicy Chattering(ArmDescription arm, double torque) => Create(arm, PolicyRole.Residual, weights =>
    {
        Span<double> head = weights[CfcKeys.Head1 + CfcKeys.Weight];
        head[^1] = -10.0;
        weights[CfcKeys.Head1 + CfcKeys.Bias][0] = 0.5;
        weights[CfcKeys.Projection + CfcKeys.Weight].Fill(torque);
    });

    /// <summary>A constant torque while the feature is zero, none that is a number from then on.</summary>
    public static LiquidPolicy BreaksDownOn(
        ArmDescription arm, string feature, PolicyRole role = PolicyRole.Residual, double torque = 0.0) => Create(arm, role, weights =>
    {
        weights[CfcKeys.Head1 + CfcKeys.Weight][Array.IndexOf(new PolicyFeatures(arm).Names, feature)] = Huge;
        weights[CfcKeys.Projection + CfcKeys.Weight].Fill(Huge);
        weights[CfcKeys.Projection + CfcKeys.Bias].Fill(torque);
    }, HeadActivation.Identity);

    /// <summary>A model with the names this arm and role ask for; all weights zero but those that are set.</summary>
    public static Model Model(
        ArmDescription arm, PolicyRole role, Action<NetworkWeights>? set = null, HeadActivation heads = HeadActivation.Tanh)
    {
        var features = new PolicyFeatures(arm);
        var weights = new NetworkWeights(
            new CfcArchitecture
            {
                InputSize = features.Count,
                Units = 1,
                BackboneLayers = 0,
                HeadActivation = heads,
                ProjectionSize = arm.JointCount,
            });

        // The gate stays with the first head.
        weights[CfcKeys.TimeB + CfcKeys.Bias][0] = -1000.0;
        set?.Invoke(weights);
        return new Model
        {
            Weights = weights,
            Metadata = new ModelMetadata
            {
                Features = [.. features.Names.Select((name, i) => new ModelFeature(name, features.Units[i], 0.0, 1.0))],
                Outputs = [.. LiquidPolicy.OutputNames(role, arm.JointCount).Select(name => new ModelOutput(name, "N·m", 1.0))],
                TimespanScale = 0.005,
            },
        };
    }

    private static LiquidPolicy Create(
        ArmDescription arm, PolicyRole role, Action<NetworkWeights> set, HeadActivation heads = HeadActivation.Tanh) =>
        LiquidPolicy.Create(Model(arm, role, set, heads), arm, new ControllerSettings(), role, "test policy");
}
