using System.CommandLine;
using LiquidControl.Cli.Daemon;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Commands;

/// <summary>`service logs`: becomes journalctl for the daemon's unit.</summary>
internal static class ServiceLogsCommand
{
    private const long UsualLines = 100;

    public static Command Create(Terminal terminal)
    {
        var lines = NumberOptions.Whole("--lines", $"The last so many. [default: {UsualLines}]", 1, 1_000_000);
        var follow = new Option<bool>("--follow") { Description = "Goes on with what comes, until Ctrl-C." };
        var command = new ExampleCommand(
            "logs", "Shows what liquidcontrold said, where systemd runs it.", "liquidcontrol service logs", "liquidcontrol service logs --lines 20 --follow")
        {
            lines, follow,
        };
        command.SetAction(result => Run(Words(result.GetValue(lines) ?? UsualLines, result.GetValue(follow)), SystemdUnit.Find(), terminal));
        return command;
    }

    /// <summary>The call of journalctl.</summary>
    internal static string[] Words(long lines, bool follow)
    {
        string[] words = ["journalctl", "--no-pager", "-u", SystemdUnit.Name, "-n", $"{lines}"];
        return follow ? [.. words, "-f"] : words;
    }

    private static int Run(string[] words, SystemdUnit? unit, Terminal terminal)
    {
        if (unit is not { Exists: true })
        {
            string found = unit is null ? "no systemd on this machine" : $"no unit {SystemdUnit.Name}";
            throw new BadInputException(
                $"logs: found {found}, expected it to run the daemon and keep what it says. A daemon of `liquidcontrol service run` speaks to its own "
                + "terminal; keep that with: liquidcontrol service run 2>&1 | tee daemon.log. What the loop did is in `liquidcontrol blackbox`.");
        }

        terminal.Output.Flush();
        FilteredProgram.Become(words);
        return ExitCode.InternalError;
    }
}
