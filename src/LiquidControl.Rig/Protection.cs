using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>
/// A part of the controller that a scenario can be run without, to see that it is this part which keeps the arm safe there. Only the rig can
/// switch one off.
/// </summary>
/// <param name="Name">The word for it.</param>
/// <param name="Description">One line.</param>
/// <param name="Unwatched">Causes that the supervisor overlooks without it.</param>
/// <param name="Settings">What the settings become without it.</param>
public sealed record Protection(string Name, string Description, FaultCause Unwatched, Func<ControllerSettings, ControllerSettings> Settings)
{
    public static IReadOnlyList<Protection> All { get; } =
    [
        Watch("encoder-age", "encoders that give nothing", FaultCause.EncoderSilent),
        Watch("encoder-plausibility", "encoders that contradict the prediction", FaultCause.EncoderImplausible),
        new("innovation-gate", "frames too far from the prediction are rejected", FaultCause.None, settings => settings with { InnovationGate = 1e3 }),
        Watch("encoder-freeze", "encoders that stand while their joints should move", FaultCause.EncoderFrozen),
        Watch("magnet", "encoders without a magnet", FaultCause.MagnetLost),
        Watch("loop-late", "cycles too far apart", FaultCause.LoopLate),
        Watch("drive-bus", "drives that cannot be written", FaultCause.DriveBus),
        Watch("emergency-stop", "the emergency-stop circuit", FaultCause.EmergencyStop),
        Watch("tracking-error", "joints far from their reference", FaultCause.TrackingError),
        Watch("joint-limits", "joints beyond their limits", FaultCause.LimitExceeded),
        Watch("workspace", "a tool about to leave its box", FaultCause.WorkspaceExit),
        Watch("setpoint-lease", "a dead source of goals", FaultCause.SetpointSilent),
        Watch("collision", "joints that meet something", FaultCause.Collision),
        Watch("actuator", "drives that do not do what they are told", FaultCause.ActuatorFault),
        Watch("supply", "a supply too low to move with", FaultCause.SupplyLow),
        new("policy-budget", "networks that take too long", FaultCause.None, settings => settings with { PolicyBudget = 1e3 }),
        Watch("operator-stop", "a person's stop", FaultCause.OperatorStop),
    ];

    /// <summary>Null: there is none of this name.</summary>
    public static Protection? Find(string name) => All.FirstOrDefault(protection => protection.Name == name);

    private static Protection Watch(string name, string description, FaultCause cause) => new(name, description, cause, settings => settings);
}
