using System.CommandLine;
using System.CommandLine.Help;
using LiquidControl.Cli.Commands;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Robotics;

namespace LiquidControl.Cli;

/// <summary>The commands of `liquidcontrol`, and what becomes of their errors.</summary>
internal static class CommandLine
{
    private const string DebugVariable = "LIQUIDCONTROL_DEBUG";

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            var result = Build(terminal).Parse(args.Length == 0 ? ["--help"] : args);
            bool answersAnyway = result.Action is ExampleHelpAction || result.Action?.GetType().DeclaringType == typeof(VersionOption);
            if (result.Errors.Count > 0 && !answersAnyway)
            {
                foreach (var error in result.Errors) await terminal.Error.WriteLineAsync("error: " + error.Message);
                await terminal.Error.WriteLineAsync($"See: {CallOf(result)} --help");
                return ExitCode.BadInput;
            }

            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await result.InvokeAsync(configuration, cancellation);
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable(DebugVariable) != "1")
        {
            return await ReportAsync(e, terminal.Error);
        }
    }

    private static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("LiquidControl drives a six-axis arm with a closed-form liquid network in the control loop.")
        {
            ModelCommand.Create(terminal),
            RobotCommand.Create(terminal),
            CheckCommand.Create(terminal),
        };
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new ExampleHelpAction((HelpAction)help.Action!);
        return root;
    }

    private static async Task<int> ReportAsync(Exception e, TextWriter error)
    {
        switch (e)
        {
            case OperationCanceledException:
                await error.WriteLineAsync("Stopped.");
                return ExitCode.Cancelled;
            case UnsupportedModelException:
                await error.WriteLineAsync("error: " + e.Message);
                return ExitCode.NotSupported;
            case RobotConfigurationException configuration:
                foreach (var found in configuration.Errors) await error.WriteLineAsync("error: " + found);
                return ExitCode.BadInput;
            case BadInputException or UrdfException or ModelFormatException or IOException or UnauthorizedAccessException:
                await error.WriteLineAsync("error: " + e.Message);
                return ExitCode.BadInput;
            default:
                await error.WriteLineAsync($"internal error: {e.Message} Set {DebugVariable}=1 to see where, and please report it.");
                return ExitCode.InternalError;
        }
    }

    private static string CallOf(ParseResult result)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result.CommandResult; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "liquidcontrol" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
