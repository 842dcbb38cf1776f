using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>Networks nobody trained, drawn from a seed: what they say does not matter, only that it is the same everywhere.</summary>
public static class RandomNetwork
{
    /// <summary>
    /// What a policy's outputs are scaled by, as a part of the residual's bound or of the torque limit: so little that none is faded out.
    /// </summary>
    private const double OutputPart = 0.1;

    /// <summary>Weights within ±1/√(units); masks as the recipe draws them.</summary>
    public static NetworkWeights Weights(NetworkArchitecture architecture, ulong seed)
    {
        RandomStream random = new(seed);
        NetworkWeights weights = new(architecture);
        double bound = 1.0 / Math.Sqrt(architecture.NeuronCount);
        foreach (ref double weight in weights.Parameters.AsSpan())
            weight = random.Uniform(-bound, bound);
        foreach ((string key, double[] mask) in WiringMasks.Of(architecture))
            mask.CopyTo(weights[key]);
        return weights;
    }

    /// <summary>A model with the features and outputs of a policy for this arm.</summary>
    public static Model Policy(ArmDescription arm, PolicyRole role, ulong seed)
    {
        PolicyFeatures features = new(arm);
        string[] outputs = LiquidPolicy.OutputNames(role, arm.JointCount);
        CfcArchitecture architecture = new()
        {
            InputSize = features.Count,
            Units = 16,
            Mode = CfcMode.Default,
            Activation = Activation.LecunTanh,
            BackboneLayers = 1,
            BackboneUnits = 24,
            ProjectionSize = outputs.Length,
        };
        double Scale(int joint) => OutputPart * (role == PolicyRole.Residual ? arm.ResidualBound[joint] : arm.Limits[joint].Torque);
        return new Model
        {
            Weights = Weights(architecture, seed),
            Metadata = new ModelMetadata
            {
                Features = [.. features.Names.Zip(features.Units, (name, unit) => new ModelFeature(name, unit, 0.0, 1.0))],
                Outputs = [.. outputs.Select((name, joint) => new ModelOutput(name, "N*m", Scale(joint)))],
                TimespanScale = 0.005,
            },
        };
    }
}
