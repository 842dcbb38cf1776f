using System.Globalization;
using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>What must still follow an event.</summary>
/// <param name="Expectation">What.</param>
/// <param name="Event">Of this number, from 1.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
internal sealed record PendingExpectation(RigExpectation Expectation, int Event, string? Refusal)
{
    /// <summary>rad/s.</summary>
    private const double Resting = 0.02;

    /// <summary>Since when it must follow, s.</summary>
    public required double Since { get; set; }

    /// <summary>What is not as it must be; null when all is.</summary>
    public string? Missing(ControlCycle cycle, RigArm arm)
    {
        string? what = MissingPart(cycle, arm);
        return what is null ? null : string.Create(CultureInfo.InvariantCulture, $"event {Event}, expected within {1e3 * Expectation.Within:F0} ms: {what}");
    }

    private string? MissingPart(ControlCycle cycle, RigArm arm)
    {
        if (Expectation.Refused is { } words && Refusal?.Contains(words, StringComparison.OrdinalIgnoreCase) != true)
            return $"a refusal that speaks of '{words}', found {(Refusal is null ? "none" : $"'{Refusal}'")}";
        if (Expectation.Refused is null && Refusal is not null)
            return $"no refusal, found '{Refusal}'";
        if (Expectation.State is { } state && cycle.State != state)
            return $"the state {state}, found {cycle.State} ({cycle.Faults})";
        if (Expectation.LeavesActive && cycle.State == ControlState.Active)
            return $"a safe state, found {cycle.State}";
        if ((cycle.Faults & Expectation.Cause) != Expectation.Cause)
            return $"the cause {Expectation.Cause}, found {cycle.Faults}";
        if (Expectation.ResidualGone && cycle.ResidualFault == ResidualFault.None)
            return "the residual given up, found it in force";
        if ((cycle.ResidualFault & Expectation.Residual) != Expectation.Residual)
            return $"the residual given up because of {Expectation.Residual}, found {cycle.ResidualFault}";
        if (Expectation.BridgesOff && arm.Board.BridgesEnabled)
            return "the bridges off, found them on";
        var plant = arm.Arm.Plant;
        for (int joint = 0; joint < plant.JointCount; joint++)
        {
            if (Expectation.AtRest && Math.Abs(plant.Velocity[joint]) > Resting)
                return string.Create(CultureInfo.InvariantCulture, $"the arm at rest, found joint {joint + 1} at {plant.Velocity[joint]:F3} rad/s");
            if (Expectation.Reaches is { } goal && Math.Abs(plant.Position[joint] - goal[joint]) > Expectation.Tolerance)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"every joint within {1e3 * Expectation.Tolerance:F1} mrad of the goal, found joint {joint + 1} {1e3 * (plant.Position[joint] - goal[joint]):F1} mrad off");
            }
        }

        return null;
    }
}
