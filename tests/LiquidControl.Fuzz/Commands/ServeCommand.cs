using System.CommandLine;
using LiquidControl.Cli;

namespace LiquidControl.Fuzz.Commands;

/// <summary>`serve`: what afl-fuzz starts; of no use to anybody else.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var target = TargetArgument.Create();
        var largest = new Argument<string>("largest") { Description = "The file that keeps the largest allocation." };
        var command = new Command("serve", "Runs the inputs that afl-fuzz gives.") { target, largest };
        command.Hidden = true;
        command.SetAction(result =>
        {
            FuzzServer.Run(result.GetRequiredValue(target), result.GetRequiredValue(largest));
            return ExitCode.Ok;
        });
        return command;
    }
}
