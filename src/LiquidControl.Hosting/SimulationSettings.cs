using LiquidControl.Simulation;

namespace LiquidControl.Hosting;

/// <summary>How the simulated arm differs from the one the controller believes in, as any real arm does.</summary>
public sealed record SimulationSettings
{
    /// <summary>Link masses of the controller's model as a multiple of the simulated arm's.</summary>
    public required double ModelMassScale { get; init; }

    /// <summary>Coulomb and viscous friction of the controller's model as a multiple of the simulated arm's.</summary>
    public required double ModelFrictionScale { get; init; }

    /// <summary>Standard deviation of an encoder reading, rad.</summary>
    public required double EncoderNoise { get; init; }

    /// <summary>Seed of every random number in a run unless the command line names another.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the joints do beyond rigid bodies and friction in a scenario that has such effects, one entry a joint; null: not stated.</summary>
    public JointEffects[]? Effects { get; init; }
}
