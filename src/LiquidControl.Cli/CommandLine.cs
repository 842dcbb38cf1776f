using System.CommandLine;
using System.CommandLine.Help;
using LiquidControl.Cli.Commands;
using LiquidControl.Hosting;
using LiquidControl.Neural;
using LiquidControl.Rig;
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
                foreach (string message in Messages(result)) await terminal.Error.WriteLineAsync("error: " + message);
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
            MoveCommand.Create(terminal),
            PredictCommand.Create(terminal),
            ModelCommand.Create(terminal),
            RobotCommand.Create(terminal),
            CheckCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            ServiceCommand.Create(terminal),
            WatchCommand.Create(terminal),
            BlackBoxCommand.Create(terminal),
            EvalCommand.Create(terminal),
            TrainCommand.Create(terminal),
            OdeCommand.Create(terminal),
            BenchCommand.Create(terminal),
            HilCommand.Create(terminal),
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
            case RobotConfigurationException configuration:
                foreach (var found in configuration.Errors) await error.WriteLineAsync("error: " + found);
                return ExitCode.BadInput;
            case ScenarioFormatException scenario:
                foreach (var found in scenario.Errors) await error.WriteLineAsync("error: " + found);
                return ExitCode.BadInput;
            case BadInputException or UrdfException or ModelFormatException or IOException or UnauthorizedAccessException:
                await error.WriteLineAsync("error: " + e.Message);
                return ExitCode.BadInput;
            default:
                await error.WriteLineAsync($"internal error: {e.Message} Set {DebugVariable}=1 to see where, and please report it.");
                return ExitCode.InternalError;
        }
    }

    /// <summary>What is wrong with a call; where a command is misspelt the words after it are no errors of their own.</summary>
    private static IEnumerable<string> Messages(ParseResult result)
    {
        var commands = result.CommandResult.Command.Subcommands;
        if (commands.Count == 0) return result.Errors.Select(error => error.Message).Distinct();
        string names = string.Join(", ", commands.Select(command => command.Name));
        if (result.UnmatchedTokens.Count == 0) return [$"found no command after {CallOf(result)}, expected one of {names}."];
        string word = result.UnmatchedTokens[0];
        string meant = Spelling.Nearest(word, commands.Select(command => command.Name)) is { } nearest ? $" Did you mean {nearest}?" : "";
        return [$"found '{word}' after {CallOf(result)}, expected one of {names}.{meant}"];
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
