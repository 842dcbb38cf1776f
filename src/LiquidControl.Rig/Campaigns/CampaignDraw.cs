using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Numerics;
using LiquidControl.Simulation;

namespace LiquidControl.Rig.Campaigns;

/// <summary>
/// Random scenarios: a random plant moves between random postures, at a random moment something goes wrong, a second later it is mended and
/// cleared, and the arm must be Active again. Which one follows from seed and number alone.
/// </summary>
public sealed class CampaignDraw(RobotConfiguration robot, ulong seed)
{
    /// <summary>Of the scenarios, so many have no fault at all.</summary>
    private const double FaultFree = 0.2;

    /// <summary>s; until then the observer settles after activation.</summary>
    private const double Earliest = 0.22;

    /// <summary>s.</summary>
    private const double MoveAt = 0.3, UntilMended = 1.0, UntilCleared = 0.5, UntilOver = 3.4, Recovery = 0.3;

    private static readonly ControllerKind[] Controllers = [ControllerKind.Liquid, ControllerKind.CtRls, ControllerKind.CtEso];
    private static readonly Scenario[] Plants = [Scenario.Nominal with { Noise = SensorNoise.Typical }, Scenario.Perturbed, Scenario.Payload, Scenario.Unmodelled];

    /// <summary>The scenario of a number, from 0.</summary>
    public RigScenario Draw(int number)
    {
        RandomStream stream = new RandomStream(seed).Fork((ulong)number);
        PosePair pair = new PosePairs(robot.Arm, stream).Next();
        ControllerKind controller = Controllers[stream.NextInt(Controllers.Length)];
        Scenario plant = Plants[stream.NextInt(Plants.Length)];
        double at = stream.Uniform(Earliest, 2.2);
        bool brakes = stream.NextDouble() < 0.25;
        FaultRow? row = stream.NextDouble() < FaultFree ? null : FaultRow.All[stream.NextInt(FaultRow.All.Count)];
        if (row is { Noticed: Noticeable.ByTheResidual })
            controller = ControllerKind.Liquid;
        List<RigEvent> events = [new(MoveAt, null, new MoveAction("goal", pair.Goal), null)];
        RigOutcome outcome = new() { NoFault = row is null or { Noticed: Noticeable.Never or Noticeable.ByTheResidual }, NoNotice = row is null };
        double end = 2.6;
        if (row is not null)
        {
            // Some moves are broken off shortly before, so that the fault meets an arm that brakes.
            if (brakes)
                events.Add(new(Math.Max(at - stream.Uniform(0.01, 0.15), 0.0), null, new RequestAction(OperatorRequest.Hold), null));
            events.Add(Fault(row, at, stream));
            events.Add(new(at + UntilMended, null, new MendAction(), null));
            events.Add(new(at + UntilMended + UntilCleared, null, new RecoverAction(), Recovered(row)));
            end = at + UntilMended + UntilCleared + UntilOver;
            outcome = outcome with
            {
                VelocityMargin = row.FreesLimits ? double.PositiveInfinity : row.VelocityMargin,
                Final = IsKilled(row) ? null : ControlState.Active,
            };
            if (row.FreesLimits)
                outcome = outcome with { PositionMargin = double.PositiveInfinity };
        }

        return new()
        {
            Name = $"{number}: {row?.Fault ?? "no fault"}",
            Robot = robot,
            Controller = controller,
            Plant = plant,
            Seed = seed + (ulong)number,
            Start = pair.Start,
            Events = [.. events.OrderBy(happens => happens.At)],
            Duration = end,
            Outcome = outcome,
        };
    }

    private static RigEvent Fault(FaultRow row, double at, RandomStream stream)
    {
        RigFault fault = RigFault.Find(row.Fault)!;
        int joint = stream.NextInt(row.Joints);
        double value = stream.Uniform(row.Min, row.Max) * (row.IsSigned && stream.NextDouble() < 0.5 ? -1.0 : 1.0);
        RigExpectation deadline = new()
        {
            Within = row.WithinMs * 1e-3,
            Shows = row.Shows is { } shows ? (cycle, arm) => shows(cycle, arm, joint) : null,
        };
        RigExpectation? expectation = row.Noticed switch
        {
            Noticeable.Always => deadline with { State = row.State, LeavesActive = true },
            Noticeable.DuringAMove => deadline with { State = row.State, LeavesActive = true, Shows = Moves },
            Noticeable.ByTheResidual => deadline with { ResidualGone = true },
            Noticeable.ByTheElectronics => deadline with { BridgesOff = true },
            _ => row.Notice == Notices.None ? null : deadline with { Notices = row.Notice },
        };
        return new(at, null, new FaultAction(fault, joint, value), expectation);
    }

    private static bool Moves(ControlCycle cycle, RigArm arm) => cycle.Reference.Phase == ReferencePhase.Move;

    private static bool IsKilled(FaultRow row) => row.Noticed == Noticeable.ByTheElectronics;

    /// <summary>What was killed is started by somebody else.</summary>
    private static RigExpectation? Recovered(FaultRow row) =>
        IsKilled(row) ? null : new() { Within = Recovery, State = ControlState.Active };
}
