using System.CommandLine;
using System.CommandLine.Help;
using LiquidControl.Cli;
using LiquidControl.Fuzz.Commands;

namespace LiquidControl.Fuzz;

/// <summary>The commands of this tool, and what becomes of their errors.</summary>
internal static class FuzzCommandLine
{
    public static Option<bool> Json() => new("--json") { Description = "Print exactly one JSON value on standard output." };

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Fuzzes the readers of files from outside.")
        {
            ListCommand.Create(terminal),
            RunCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            ServeCommand.Create(),
        };
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new ExampleHelpAction((HelpAction)help.Action!);
        try
        {
            var result = root.Parse(args.Length == 0 ? ["--help"] : args);
            var configuration = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false };
            if (result.Errors.Count == 0 || result.Action is ExampleHelpAction) return await result.InvokeAsync(configuration, cancellation);
            foreach (var error in result.Errors) await terminal.Error.WriteLineAsync("error: " + error.Message);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped.");
            return ExitCode.Cancelled;
        }
        catch (Exception e) when (e is BadInputException or IOException)
        {
            await terminal.Error.WriteLineAsync("error: " + e.Message);
            return ExitCode.BadInput;
        }
    }
}
