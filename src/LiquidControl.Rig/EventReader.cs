using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Hosting.Toml;

namespace LiquidControl.Rig;

/// <summary>One [[when]]: a time or a state, one thing that happens, and what must follow.</summary>
internal static class EventReader
{
    private const string Moment = "in_state";
    private static readonly string[] Doings = ["mend", "clear", "hold", "stop", "deactivate", "activate"];

    /// <param name="section">The [[when]].</param>
    /// <param name="robot">To which it happens.</param>
    /// <param name="controller">Its law.</param>
    /// <param name="times">From the scenario's beginning to its end, s.</param>
    public static RigEvent Read(TomlSection section, RobotConfiguration robot, ControllerKind controller, NumberRange times)
    {
        ControlState? inState = section.Has(Moment) ? State(section, Moment) : null;
        double at = inState is null
            ? section.Number("at_s", times, "Say when, or in which state: in_state.")
            : section.Number("after_s", times, 0.0);
        RigAction action = Action(section, robot, controller);
        RigExpectation? expectation = section.OptionalSection("then") is { } then ? Expectation(then, robot, action) : null;
        section.RejectUnknownKeys();
        return new(at, inState, action, expectation);
    }

    public static ControlState State(TomlSection section, string key) => Enum.Parse<ControlState>(section.Choice(key, Enum.GetNames<ControlState>()));

    private static RigAction Action(TomlSection section, RobotConfiguration robot, ControllerKind controller)
    {
        bool moves = section.Has("move"), faults = section.Has("fault"), does = section.Has("do");
        if ((moves ? 1 : 0) + (faults ? 1 : 0) + (does ? 1 : 0) != 1)
        {
            section.Report(
                "fault", moves || faults || does ? "several things that happen" : "nothing that happens", "one of move, fault and do",
                "Write a [[when]] for each.");
            return new MendAction();
        }

        if (moves)
        {
            string pose = section.Choice("move", [.. robot.Arm.Poses.Keys]);
            return new MoveAction(pose, robot.Arm.Poses[pose]);
        }

        return faults ? Fault(section, robot, controller) : Doing(section.Choice("do", Doings));
    }

    private static FaultAction Fault(TomlSection section, RobotConfiguration robot, ControllerKind controller)
    {
        RigFault fault = RigFault.Find(section.Choice("fault", [.. RigFault.All.Select(known => known.Name)]))!;
        if (fault.NeedsNetwork && controller is not (ControllerKind.Liquid or ControllerKind.EndToEnd))
            section.Report("fault", $"{fault.Name} under a law without a network", "the controller liquid", "Leave the controller out under [given].");
        int joint = fault.TakesJoint ? section.Integer("joint", 1, robot.Arm.JointCount) : 1;
        double value = fault.Value switch
        {
            null => 0.0,
            { Unit: "joint" } => OtherJoint(section, robot, joint),
            { Unit: "transfers" } whole => section.Integer(whole.Unit, (int)whole.Min, (int)whole.Max, (int)whole.Usual),
            { } number => section.Number(number.Unit, new NumberRange(number.Min, number.Max), number.Usual),
        };
        return new(fault, joint - 1, value);
    }

    /// <summary>The second of two joints, from 1: "joint" is taken already by the first.</summary>
    private static int OtherJoint(TomlSection section, RobotConfiguration robot, int joint)
    {
        const string Key = "other_joint";
        int other = section.Integer(Key, 1, robot.Arm.JointCount, absent: 1);
        if (other == joint && section.IsSound("joint"))
            section.Report(Key, $"joint {joint} itself", "another joint", "Name the one it is exchanged with.");
        return other;
    }

    private static RigAction Doing(string word) => word switch
    {
        "mend" => new MendAction(),
        "clear" => new ClearAction(),
        "hold" => new RequestAction(OperatorRequest.Hold),
        "stop" => new RequestAction(OperatorRequest.Stop),
        "deactivate" => new DeactivateAction(),
        _ => new ActivateAction(),
    };

    private static RigExpectation Expectation(TomlSection section, RobotConfiguration robot, RigAction action)
    {
        bool reached = section.Flag("reached", absent: false);
        if (reached && action is not MoveAction)
            section.Report("reached", "it after something that is no move", "a move", "Put it to the move whose goal is to be reached.");
        var expectation = new RigExpectation
        {
            Within = 1e-3 * section.Number("within_ms", NumberRange.PositiveUpTo(600_000.0)),
            State = section.Has("state") ? State(section, "state") : null,
            Cause = section.Has("cause") ? Enum.Parse<FaultCause>(section.Choice("cause", Enum.GetNames<FaultCause>())) : FaultCause.None,
            Residual = section.Has("residual")
                ? Enum.Parse<ResidualFault>(section.Choice("residual", Enum.GetNames<ResidualFault>()))
                : ResidualFault.None,
            Notices = section.Has("notice") ? Enum.Parse<Notices>(section.Choice("notice", Enum.GetNames<Notices>())) : Notices.None,
            BridgesOff = section.Flag("bridges_off", absent: false),
            Reaches = reached ? (action as MoveAction)?.Goal : null,
            Tolerance = 1e-3 * section.Number("tolerance_mrad", NumberRange.PositiveUpTo(1000.0), 2.0),
            AtRest = section.Flag("at_rest", absent: false),
            Refused = section.Has("refused") ? section.Line("refused", "a word of the refusal") : null,
        };
        section.RejectUnknownKeys();
        return expectation;
    }
}
