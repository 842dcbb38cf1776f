using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli;
using Spectre.Console;

namespace LiquidControl.Fuzz.Commands;

/// <summary>`replay`: single inputs through a reader, without afl-fuzz.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var target = TargetArgument.Create();
        var files = new Argument<FileInfo[]>("files") { Description = "Inputs. [default: the target's corpus]", Arity = ArgumentArity.ZeroOrMore };
        var json = FuzzCommandLine.Json();
        var command = new ExampleCommand(
            "replay", "Runs single inputs through a reader and says what became of them.",
            "dotnet run -c Release --project tests/LiquidControl.Fuzz -- replay urdf",
            "dotnet run -c Release --project tests/LiquidControl.Fuzz -- replay pt model.pt --json")
        {
            target, files, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(target), result.GetValue(files) ?? [], result.GetValue(json), terminal));
        return command;
    }

    private static int Run(FuzzTarget target, FileInfo[] files, bool json, Terminal terminal)
    {
        string[] paths = files.Length > 0 ? [.. files.Select(file => file.FullName)] : [.. FuzzCorpus.FilesOf(target)];
        // The first input of a program pays for the compilation of what it runs.
        FuzzResult.Of(target, []);
        ReplayReport[] reports = [.. paths.Select(path => Replay(target, path))];
        bool failed = Array.Exists(reports, report => report.Outcome is not (FuzzOutcome.Accepted or FuzzOutcome.Refused));
        if (json)
        {
            terminal.WriteJson(reports, FuzzJson.Default.ReplayReportArray);
            return failed ? ExitCode.Missed : ExitCode.Ok;
        }

        var table = new Table().AddColumns("file", "bytes", "outcome", "kB allocated", "ms", "message");
        foreach (var report in reports)
        {
            string line = report.Message.Split('\n')[0];
            table.AddRow(
                Markup.Escape(Path.GetFileName(report.File)), $"{report.Length}", $"{report.Outcome}", $"{report.Allocated / 1000}",
                report.Milliseconds.ToString("F1", CultureInfo.InvariantCulture), Markup.Escape(line));
        }

        terminal.Console.Write(table);
        return failed ? ExitCode.Missed : ExitCode.Ok;
    }

    private static ReplayReport Replay(FuzzTarget target, string path)
    {
        byte[] input = File.ReadAllBytes(path);
        FuzzResult result = FuzzResult.Of(target, input);
        return new(path, input.Length, result.Outcome, result.Message, result.Allocated, result.Time.TotalMilliseconds);
    }
}
