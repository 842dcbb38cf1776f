using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Rig;

/// <summary>A run of the rig: what is given, what happens and what must follow. Times in s, angles in rad.</summary>
public sealed record RigScenario
{
    public required string Name { get; init; }

    /// <summary>The file it was read from; empty for one that was made.</summary>
    public string Path { get; init; } = "";

    public required RobotConfiguration Robot { get; init; }

    public required ControllerKind Controller { get; init; }

    /// <summary>What the plant differs by from its description.</summary>
    public required Simulation.Scenario Plant { get; init; }

    /// <summary>Of the plant and its noise.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the arm stands at first.</summary>
    public required double[] Start { get; init; }

    /// <summary>Whether the outputs are on from the beginning; else the arm is held where it stands until they are.</summary>
    public bool IsActivated { get; init; } = true;

    /// <summary>In the order in which they happen.</summary>
    public required IReadOnlyList<RigEvent> Events { get; init; }

    /// <summary>From the beginning to the end.</summary>
    public required double Duration { get; init; }

    /// <summary>What must hold all along and at the end.</summary>
    public required RigOutcome Outcome { get; init; }

    /// <summary>What keeps it: switched off, the scenario must fail.</summary>
    public Protection? Protection { get; init; }
}

/// <summary>Something that happens, and what must follow.</summary>
/// <param name="At">When; from the beginning, s, or from the moment the state is reached. Events happen in their order, the later not before the earlier.</param>
/// <param name="InState">Not before the controller is in this state; null for at any time.</param>
/// <param name="Action">What.</param>
/// <param name="Expectation">What must follow; null for nothing.</param>
public sealed record RigEvent(double At, ControlState? InState, RigAction Action, RigExpectation? Expectation);

/// <summary>What must follow an event.</summary>
public sealed record RigExpectation
{
    /// <summary>Within this time, s.</summary>
    public required double Within { get; init; }

    /// <summary>The state the controller must be in then; null for any.</summary>
    public ControlState? State { get; init; }

    /// <summary>Whether any state will do but Active.</summary>
    public bool LeavesActive { get; init; }

    /// <summary>
    /// Whether the fault shows now: the time runs while it does, without a break, and where it never does nothing must follow. Null: it runs from
    /// the event on.
    /// </summary>
    public Func<ControlCycle, RigArm, bool>? Shows { get; init; }

    /// <summary>What it must give as a cause; None for anything.</summary>
    public FaultCause Cause { get; init; }

    /// <summary>Whether the network's part must have been given up, whatever for.</summary>
    public bool ResidualGone { get; init; }

    /// <summary>Why the network's part must have been faded out; None for anything.</summary>
    public ResidualFault Residual { get; init; }

    /// <summary>What a person must be told; None for anything.</summary>
    public Notices Notices { get; init; }

    /// <summary>Whether the electronics must have let go of the bridges.</summary>
    public bool BridgesOff { get; init; }

    /// <summary>Where every joint must be, rad, and how near; null for anywhere.</summary>
    public double[]? Reaches { get; init; }

    /// <summary>How near.</summary>
    public double Tolerance { get; init; }

    /// <summary>Whether the arm must be at rest.</summary>
    public bool AtRest { get; init; }

    /// <summary>What a refused activation must speak of; null where it must not be refused.</summary>
    public string? Refused { get; init; }
}

/// <summary>
/// What must hold all along, and at the end. The limits hold as long as the bridges are on: an arm without power falls, and nothing can be done
/// about it.
/// </summary>
public sealed record RigOutcome
{
    /// <summary>A joint may be so far beyond its limit, rad; faults.md: 2 degrees.</summary>
    public double PositionMargin { get; init; } = 2.0 * Math.PI / 180.0;

    /// <summary>A joint may be faster than its limit by this part; faults.md: 10 %.</summary>
    public double VelocityMargin { get; init; } = 0.1;

    /// <summary>The state at the end; null for any.</summary>
    public ControlState? Final { get; init; }

    /// <summary>Whether no fault may ever be reported.</summary>
    public bool NoFault { get; init; }

    /// <summary>Whether nothing may ever be noticed as amiss.</summary>
    public bool NoNotice { get; init; }
}
