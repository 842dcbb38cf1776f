using System.CommandLine;
using LiquidControl.Hosting;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil exec`: becomes a program whose requests for GPIO lines the emulator answers.</summary>
internal static class HilExecCommand
{
    public static Command Create()
    {
        var run = HilCommand.RunFolder();
        var words = new Argument<string[]>("program") { Description = "The program and its arguments, after --.", Arity = ArgumentArity.OneOrMore };
        var command = new ExampleCommand(
            "exec", "Runs a program that requests GPIO lines of the emulated chip; I2C and SPI need no such start.",
            "liquidcontrol hil exec -- liquidcontrold run", "liquidcontrol hil exec -- bash")
        {
            run, words,
        };
        command.SetAction(result => Run(HilCommand.SocketIn(result.GetRequiredValue(run)), result.GetRequiredValue(words)));
        return command;
    }

    /// <summary>All on one thread: the filter is that thread's, and it is the one that becomes the program.</summary>
    private static int Run(string socket, string[] words)
    {
        EmulatorSocket.Ask(socket, "status");
        int listener = LineRequestFilter.Install();
        EmulatorSocket.Ask(socket, $"listen {Environment.ProcessId} {listener}");
        FilteredProgram.Become(words);
        return ExitCode.InternalError;
    }
}
