using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Cli;

/// <summary>A move that can be run: everything typed has been checked.</summary>
/// <param name="Robot">The robot.</param>
/// <param name="Controller">Which law drives.</param>
/// <param name="Start">rad.</param>
/// <param name="Goal">rad.</param>
/// <param name="From">Name of the start, for a person.</param>
/// <param name="To">Name of the goal, for a person.</param>
/// <param name="Payload">kg at the tool centre point, unknown to the controller.</param>
/// <param name="Rate">Control rate, Hz; null for the robot's own.</param>
/// <param name="Seed">null for the robot's own.</param>
internal sealed record MoveRequest(
    RobotConfiguration Robot, ControllerKind Controller, double[] Start, double[] Goal, string From, string To, double Payload, double? Rate, ulong? Seed);
