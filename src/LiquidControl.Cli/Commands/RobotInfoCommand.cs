using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Robotics;
using LiquidControl.Simulation;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`robot info`: limits, drives, wiring and poses of a robot, as the controller will use them.</summary>
internal static class RobotInfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var robot = CommonOptions.Robot();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "info", "Shows a robot's limits, drives, wiring and named poses.", "liquidcontrol robot info", "liquidcontrol robot info --robot ur5e --json")
        {
            robot, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(robot), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string name, bool json, Terminal terminal)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(name));
        var report = Report(robot);
        if (json)
        {
            terminal.WriteJson(report, ReportJson.Default.RobotReport);
            return ExitCode.Ok;
        }

        PrintSummary(report, terminal);
        PrintJoints(report, terminal);
        PrintWiring(robot, terminal);
        PrintPoses(report, terminal);
        PrintEffects(report, terminal);
        return ExitCode.Ok;
    }

    private static RobotReport Report(RobotConfiguration robot)
    {
        var arm = robot.Arm;
        var workspace = new RigidBodyWorkspace(arm.Model);
        bool policyExists = robot.PolicyPath is not null && File.Exists(robot.PolicyPath);
        return new(
            arm.Name, robot.Path, robot.UrdfPath, robot.PolicyPath, policyExists, arm.Rate, arm.Motors is null ? "ideal-torque" : "dc-motors",
            arm.Motors is null ? null : arm.NominalSupply, arm.Model.Bodies.Sum(body => body.Mass),
            [.. Enumerable.Range(0, arm.JointCount).Select(i => Joint(robot, i))],
            [.. arm.Poses.Select(pose => Pose(pose.Key, pose.Value, arm.Model, workspace))],
            robot.Simulation.Effects is { } effects ? [.. effects.Select((effect, i) => Effects(arm.Model.Joints[i].Name, effect))] : null);
    }

    private static EffectsReport Effects(string joint, in JointEffects effects) => new(
        joint, 1.0 / effects.Compliance, effects.DampingRatio, effects.Backlash * 1e3, effects.Ripple, effects.RipplePerTurn, effects.Cable,
        effects.CableHysteresis);

    private static JointReport Joint(RobotConfiguration robot, int i)
    {
        var arm = robot.Arm;
        var limits = arm.Limits[i];
        return new(
            arm.Model.Joints[i].Name, Degrees(limits.Lower), Degrees(limits.Upper), Degrees(limits.Velocity), Degrees(limits.Acceleration),
            Degrees(limits.Jerk), limits.Torque, arm.ResidualBound[i], arm.Friction[i].Coulomb, arm.Friction[i].Viscous, arm.Model.Armature[i],
            Degrees(arm.Encoders[i].Resolution));
    }

    private static PoseReport Pose(string name, double[] joints, RigidBodyModel model, RigidBodyWorkspace workspace)
    {
        var tool = ForwardKinematics.Tool(model, workspace, joints).Translation;
        return new(name, [.. joints.Select(Degrees)], [tool.X, tool.Y, tool.Z]);
    }

    private static void PrintSummary(RobotReport report, Terminal terminal)
    {
        string supply = report.SupplyV is { } volt ? $", {volt:G4} V" : "";
        string policy = report.Policy is null ? "none" : report.Policy + (report.PolicyExists ? "" : " (not trained yet)");
        terminal.Output.WriteLine($"{report.Name}: {report.Joints.Count} joints, {report.RateHz:G6} Hz, {report.Drives}{supply}, {report.MovingMassKg:F2} kg moving");
        terminal.Output.WriteLine($"  configuration  {report.Configuration}");
        terminal.Output.WriteLine($"  description    {report.Urdf}");
        terminal.Output.WriteLine($"  network        {policy}");
    }

    private static void PrintJoints(RobotReport report, Terminal terminal)
    {
        var table = new Table().Title("Limits in force").AddColumns(
            "joint", "range (°)", "°/s", "°/s²", "°/s³", "N·m", "network");
        foreach (var joint in report.Joints)
        {
            table.AddRow(
                Markup.Escape(joint.Name), $"{Shown(joint.LowerDeg)} to {Shown(joint.UpperDeg)}", Shown(joint.VelocityDegS),
                Shown(joint.AccelerationDegS2), Shown(joint.JerkDegS3), Shown(joint.TorqueNm), $"±{Shown(joint.ResidualBoundNm)} N·m");
        }

        terminal.Console.Write(table);
    }

    private static void PrintWiring(RobotConfiguration robot, Terminal terminal)
    {
        if (robot.Wiring is not { } wiring) return;
        var table = new Table().Title("Wiring").AddColumns("joint", "PWM channel", "direction line", "encoder", "current channel");
        for (int i = 0; i < wiring.JointCount; i++)
        {
            var joint = wiring.Joints[i];
            table.AddRow(
                Markup.Escape(robot.Arm.Model.Joints[i].Name), $"{joint.PwmChannel}", $"{joint.DirectionLine}", $"{joint.EncoderPosition}",
                $"{joint.CurrentChannel}");
        }

        terminal.Console.Write(table);
        terminal.Output.WriteLine(
            $"I2C: PWM 0x{wiring.PwmAddress:X2}, supply 0x{wiring.SupplyAddress:X2}, IMU 0x{wiring.ImuAddress:X2}. "
            + $"GPIO: enable {wiring.EnableLine}, heartbeat {wiring.HeartbeatLine}, emergency stop {wiring.EmergencyStopLine}, LED {wiring.StatusLedLine}.");
    }

    private static void PrintPoses(RobotReport report, Terminal terminal)
    {
        var table = new Table().Title("Poses").AddColumns("pose", "joints (°)", "tool x y z (m)");
        foreach (var pose in report.Poses)
        {
            string tool = string.Join("  ", pose.ToolM.Select(Metres));
            table.AddRow(Markup.Escape(pose.Name), string.Join("  ", pose.JointsDeg.Select(Shown)), tool);
        }

        terminal.Console.Write(table);
    }

    private static void PrintEffects(RobotReport report, Terminal terminal)
    {
        if (report.Unmodelled is not { } effects) return;
        var table = new Table().Title("Simulated in scenario unmodelled, not told to any controller").AddColumns(
            "joint", "N·m/rad", "damping", "play (mrad)", "ripple (N·m)", "a turn", "cable (N·m)");
        foreach (var joint in effects)
        {
            table.AddRow(
                Markup.Escape(joint.Name), Shown(joint.StiffnessNmRad), Shown(joint.DampingRatio), Shown(joint.BacklashMrad), Shown(joint.RippleNm),
                Shown(joint.RipplePerTurn), $"{Shown(joint.CableNm)} ± {Shown(joint.CableHysteresisNm)}");
        }

        terminal.Console.Write(table);
    }

    private static double Degrees(double radians) => double.RadiansToDegrees(radians);

    /// <summary>To the millimetre; adding zero takes the sign off a zero.</summary>
    private static string Metres(double value) => (Math.Round(value, 3) + 0.0).ToString("F3", CultureInfo.InvariantCulture);

    private static string Shown(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
