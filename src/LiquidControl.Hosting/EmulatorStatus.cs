using System.Text.Json.Serialization;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Hosting;

/// <summary>
/// What `hil status --json` prints. NowNs: of the monotonic clock, in lockstep of the emulator's, as the other times. HeartbeatExpiresNs:
/// without a further beat the bridges go off then. BridgesSeenOffNs: when the plant last saw them go off.
/// </summary>
public sealed record EmulatorStatus(
    string Robot, bool Lockstep, long NowNs, bool BridgesEnabled, bool HeldAtStart, bool StatusLed, double[] PositionDeg, double[] VelocityDegS,
    double[] Drive, double[] ToolM, int ReversalsUnderDrive, double LongestGapMs, long HeartbeatExpiresNs, long BridgesSeenOffNs,
    IReadOnlyList<EmulatorTraffic> Nodes)
{
    public static EmulatorStatus Of(EmulatedRobot robot)
    {
        EmulatedArmState arm = robot.Arm.State;
        bool led;
        int reversals;
        long expires;
        using (robot.Nodes.BoardLock.EnterScope())
        {
            led = robot.Board.StatusLed;
            reversals = robot.Board.ReversalsUnderDrive;
            expires = robot.Board.HeartbeatExpiresNs;
        }

        return new(
            robot.Configuration.Arm.Name, robot.Lockstep is not null, arm.NowNs, arm.BridgesEnabled, arm.IsHeld, led, Degrees(arm.Position),
            Degrees(arm.Velocity), arm.Drive, arm.Tool, reversals, arm.LongestGapNs * 1e-6, expires, arm.DisabledNs,
            [.. robot.Nodes.Traffic.Select(EmulatorTraffic.Of)]);
    }

    private static double[] Degrees(double[] radians) => Array.ConvertAll(radians, value => value * 180.0 / Math.PI);
}

/// <summary>What went over one node. LatestUs: the latest that the emulator noticed the end of the wire's time.</summary>
public sealed record EmulatorTraffic(string Node, long Transfers, long Errors, double WireMs, double LatestUs)
{
    public static EmulatorTraffic Of(NodeTraffic traffic) =>
        new(traffic.Node, traffic.Transfers, traffic.Errors, traffic.WireNs * 1e-6, traffic.LatestNs * 1e-3);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EmulatorStatus))]
public sealed partial class EmulatorJson : JsonSerializerContext;
