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
    public string? Missing(in RigMoment moment)
    {
        string? what = MissingPart(moment);
        return what is null ? null : string.Create(CultureInfo.InvariantCulture, $"event {Event}, expected within {1e3 * Expectation.Within:F0} ms: {what}");
    }

    private string? MissingPart(in RigMoment moment)
    {
        if (Expectation.Refused is { } words && Refusal?.Contains(words, StringComparison.OrdinalIgnoreCase) != true)
            return $"a refusal that speaks of '{words}', found {(Refusal is null ? "none" : $"'{Refusal}'")}";
        if (Expectation.Refused is null && Refusal is not null)
            return $"no refusal, found '{Refusal}'";
        if (Expectation.State is { } state && moment.State != state)
            return $"the state {state}, found {moment.State} ({moment.Faults})";
        if (Expectation.LeavesActive && moment.State == ControlState.Active)
            return $"a safe state, found {moment.State}";
        if ((moment.Faults & Expectation.Cause) != Expectation.Cause)
            return $"the cause {Expectation.Cause}, found {moment.Faults}";
        if (Expectation.ResidualGone && moment.ResidualFault == ResidualFault.None)
            return "the residual given up, found it in force";
        if ((moment.ResidualFault & Expectation.Residual) != Expectation.Residual)
            return $"the residual given up because of {Expectation.Residual}, found {moment.ResidualFault}";
        if ((moment.Notices & Expectation.Notices) != Expectation.Notices)
            return $"the notice {Expectation.Notices}, found {moment.Notices}";
        if (Expectation.BridgesOff && moment.BridgesEnabled)
            return "the bridges off, found them on";
        for (int joint = 0; joint < moment.Position.Length; joint++)
        {
            if (Expectation.AtRest && Math.Abs(moment.Velocity[joint]) > Resting)
                return string.Create(CultureInfo.InvariantCulture, $"the arm at rest, found joint {joint + 1} at {moment.Velocity[joint]:F3} rad/s");
            if (Expectation.Reaches is { } goal && Math.Abs(moment.Position[joint] - goal[joint]) > Expectation.Tolerance)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"every joint within {1e3 * Expectation.Tolerance:F1} mrad of the goal, found joint {joint + 1} {1e3 * (moment.Position[joint] - goal[joint]):F1} mrad off");
            }
        }

        return null;
    }
}
