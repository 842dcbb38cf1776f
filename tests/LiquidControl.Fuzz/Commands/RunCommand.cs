using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli;
using LiquidControl.Fuzz.Afl;
using Spectre.Console;

namespace LiquidControl.Fuzz.Commands;

/// <summary>`run`: afl-fuzz on a reader for a time, with all its set-up.</summary>
internal static class RunCommand
{
    private const long UsualSeconds = 600;

    public static Command Create(Terminal terminal)
    {
        var target = TargetArgument.Create();
        var seconds = NumberOptions.Whole("--seconds", $"How long. [default: {UsualSeconds}]", 1, 1_000_000);
        var seed = NumberOptions.Whole("--seed", "Seed of the random numbers. [default: 1]", 1, int.MaxValue);
        var corpus = new Option<DirectoryInfo?>("--corpus") { Description = "A folder of inputs to start from. [default: the target's own]", HelpName = "folder" };
        var distil = new Option<DirectoryInfo?>("--distil")
        {
            Description = "Afterwards copy the fewest inputs that reach all branches that were reached into this folder.",
            HelpName = "folder",
        };
        var json = FuzzCommandLine.Json();
        var command = new ExampleCommand(
            "run", "Fuzzes a reader with afl-fuzz: instruments a copy of this program in a temporary folder and runs it there.",
            "dotnet run -c Release --project tests/LiquidControl.Fuzz -- run urdf",
            "dotnet run -c Release --project tests/LiquidControl.Fuzz -- run pt --seconds 60 --seed 7 --json")
        {
            target, seconds, seed, corpus, distil, json,
        };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(target), (int)(result.GetValue(seconds) ?? UsualSeconds), result.GetValue(seed) ?? 1, result.GetValue(corpus),
            result.GetValue(distil), result.GetValue(json), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        FuzzTarget target, int seconds, long seed, DirectoryInfo? corpus, DirectoryInfo? distil, bool json, Terminal terminal,
        CancellationToken cancellation)
    {
        if (corpus is { Exists: false }) throw new BadInputException($"--corpus: found no folder {corpus}, expected one with inputs to start from.");
        string start = corpus?.FullName ?? FuzzCorpus.FolderOf(target);
        string folder = Directory.CreateTempSubdirectory("liquidcontrol-fuzz-").FullName;
        AflRun run = new(target, folder);
        try
        {
            AflStatistics end = await FuzzProgress.ShowAsync(
                target.Name, seconds, json, terminal, watch => run.FuzzAsync(start, seconds, seed, watch, cancellation));
            FuzzFinding[] findings = [.. run.Crashes.Select(file => new FuzzFinding(file, Explain(target, file))), .. run.Hangs.Select(file => new FuzzFinding(file, "did not end"))];
            FuzzReport report = new(
                target.Name, end.Seconds, end.Executions, (double)end.Executions / Math.Max(1, end.Seconds), end.Edges, end.Started, end.Corpus,
                end.Crashes, end.Hangs, run.LargestAllocation, seed, findings);
            if (json) terminal.WriteJson(report, FuzzJson.Default.FuzzReport);
            else Print(report, terminal);
            if (distil is not null) await run.DistilAsync(distil.FullName, cancellation);
            return findings.Length == 0 ? ExitCode.Ok : ExitCode.Missed;
        }
        finally
        {
            // Findings stay, for whoever mends the reader.
            if (run.Crashes.Count + run.Hangs.Count == 0) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Replays a finding in a process of its own, which it may end.</summary>
    private static string Explain(FuzzTarget target, string file)
    {
        string[] arguments = [typeof(RunCommand).Assembly.Location, "replay", target.Name, file, "--json"];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == ExitCode.Ok) return "not seen again when the input was replayed";
        if (process.ExitCode != ExitCode.Missed) return $"ended the process that read it, with exit code {process.ExitCode}";
        ReplayReport report = JsonSerializer.Deserialize(output, FuzzJson.Default.ReplayReportArray)![0];
        return $"{report.Outcome}: {report.Message.Split('\n')[0].Trim()}";
    }

    private static void Print(FuzzReport report, Terminal terminal)
    {
        var table = new Table().AddColumns(
            "target", "seconds", "executions", "a second", "branches", "corpus", "crashes", "hangs", "largest allocation, kB", "seed");
        table.AddRow(
            report.Target, $"{report.Seconds}", $"{report.Executions}", report.ExecutionsPerSecond.ToString("F0", CultureInfo.InvariantCulture),
            $"{report.Edges}", $"{report.Started} to {report.Corpus}", $"{report.Crashes}", $"{report.Hangs}", $"{report.LargestAllocation / 1000}",
            $"{report.Seed}");
        terminal.Console.Write(table);
        foreach (FuzzFinding finding in report.Findings) terminal.Output.WriteLine($"{finding.File}: {finding.Message}");
    }
}
