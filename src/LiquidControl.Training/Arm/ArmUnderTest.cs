using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Training.Arm;

/// <summary>The simulated arm and its controller's settings: what data collection and evaluation run on.</summary>
/// <param name="Described">The arm as described; scenarios draw the true plants around it.</param>
/// <param name="Settings">The controller's gains and times.</param>
/// <param name="NewElectronics">Fresh electronics for an episode: emulated chips behind the real drivers, or ideal torque sources.</param>
public sealed record ArmUnderTest(ArmDescription Described, ControllerSettings Settings, Func<IArmElectronics> NewElectronics)
{
    /// <summary>What the joints do beyond the description in a scenario with such effects, one entry a joint; no controller is told.</summary>
    public JointEffects[]? Effects { get; init; }
}
