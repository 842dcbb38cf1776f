using System.CommandLine;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>`check`: every error of a robot.toml at its line and column.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("robot.toml") { Description = "The file to check, or a robot's name." };
        var command = new ExampleCommand(
            "check", "Checks a robot.toml and lists every error with its line and column.",
            "liquidcontrol check firmware-config/robots/ar4-dc/robot.toml", "liquidcontrol check ur5e")
        {
            file,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), terminal));
        return command;
    }

    private static int Run(string file, Terminal terminal)
    {
        string path = RobotCatalog.Find(file);
        var robot = RobotConfiguration.Load(path);
        terminal.Output.WriteLine($"{path}: no errors. {robot.Arm.Name}, {robot.Arm.JointCount} joints, {robot.Arm.Rate:G6} Hz.");
        return ExitCode.Ok;
    }
}
