using System.CommandLine;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs;
using LiquidControl.Hosting;
using LiquidControl.Rig.Campaigns;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil campaign`: random faults at random moments of random moves.</summary>
internal sealed class HilCampaignCommand
{
    private const long UsualCount = 10_000;

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<long?> _count = NumberOptions.Whole("--scenarios", $"How many. [default: {UsualCount}]", 1, 10_000_000);
    private readonly Option<long?> _first = NumberOptions.Whole("--first", "Number of the first one, for a part of a campaign. [default: 0]", 0, 10_000_000);
    private readonly Option<long?> _seed = NumberOptions.Whole("--seed", "Of the campaign. [default: 1]", 0, int.MaxValue);

    private readonly Option<string?> _results = new("--results")
    {
        Description = "File that gets a line for each scenario; one that is there goes on where it was.",
        HelpName = "file.jsonl",
    };

    private readonly Option<long?> _slurm = NumberOptions.Whole("--slurm", "Submit it as a Slurm job array of so many tasks instead, with --folder.", 1, 1000);

    private readonly Option<string?> _folder = new("--folder") { Description = "Folder of the array's script, logs and results.", HelpName = "folder" };

    private readonly Option<bool> _json = CommonOptions.Json();

    public static Command Create(Terminal terminal)
    {
        HilCampaignCommand campaign = new();
        var command = new ExampleCommand(
            "campaign", "Puts random faults at random moments on random moves of random plants, in lockstep on all processors, and says what did not hold.",
            "liquidcontrol hil campaign --scenarios 10000 --seed 1 --results campaign.jsonl",
            "liquidcontrol hil campaign --first 5000 --scenarios 100 --json",
            "liquidcontrol hil campaign --slurm 8 --folder campaign && liquidcontrol hil collect campaign/part-*.jsonl")
        {
            campaign._robot, campaign._count, campaign._first, campaign._seed, campaign._results, campaign._slurm, campaign._folder,
            campaign._json,
        };
        command.SetAction((result, cancellation) => campaign.RunAsync(result, terminal, cancellation));
        return command;
    }

    /// <summary>What a campaign found, for a person.</summary>
    public static void Print(CampaignSummary summary, IEnumerable<CampaignRow> rows, Terminal terminal)
    {
        Table table = new Table().Title($"campaign of seed {summary.Seed}").AddColumns("", "");
        table.AddRow("scenarios, of them without a fault", $"{summary.Scenarios}, {summary.FaultFree}");
        table.AddRow("violations", $"{summary.Violations}");
        table.AddRow("hangs, exceptions", $"{summary.Hangs}, {summary.Exceptions}");
        table.AddRow("stopped without a fault", $"{summary.FalseStops}");
        table.AddRow("not recovered", $"{summary.Unrecovered}");
        table.AddRow("longest to a safe state, ms", $"{summary.WorstSafeStateMs:F0}");
        table.AddRow("pairs of fault and phase that occurred, %", $"{summary.FaultPhaseCoveragePercent:F1}");
        terminal.Console.Write(table);
        foreach (var fault in rows.Where(row => row.IsBad).GroupBy(row => row.Fault).OrderByDescending(group => group.Count()))
        {
            CampaignRow first = fault.OrderBy(row => row.Number).First();
            string words = first.IsHang ? "it did not end" : first.Exception ?? first.Failures[0];
            terminal.Output.WriteLine($"{(fault.Key.Length == 0 ? "no fault" : fault.Key)}: {fault.Count()}, the first is number {first.Number}: {words}");
        }
    }

    private async Task<int> RunAsync(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var robot = HilCommand.RobotWithChips(result.GetRequiredValue(_robot));
        var seed = (ulong)(result.GetValue(_seed) ?? 1);
        int first = (int)(result.GetValue(_first) ?? 0), count = (int)(result.GetValue(_count) ?? UsualCount);
        if (result.GetValue(_slurm) is { } tasks)
        {
            string folder = result.GetValue(_folder) ?? throw new BadInputException("--slurm: found no --folder, expected one for the array's script, logs and results, where every node sees it.");
            terminal.Output.WriteLine(await new SlurmCampaign(folder, Path.GetFullPath(robot.Path), seed, first, count, (int)tasks).SubmitAsync(cancellation));
            terminal.Output.WriteLine($"Then: liquidcontrol hil collect {SlurmCampaign.Results(folder)}");
            return ExitCode.Ok;
        }

        bool json = result.GetValue(_json);
        string? path = result.GetValue(_results);
        if (path is not null) OutputFile.CheckFolder("--results", path);
        var (file, done) = path is null ? (null, []) : CampaignFile.Open(path, new(robot.Arm.Name, seed));
        using CampaignFile? open = file;
        Dictionary<int, CampaignRow> rows = done.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        int[] missing = [.. Enumerable.Range(first, count).Where(number => !rows.ContainsKey(number))];
        await MeasurementProgress.ShowAsync($"{missing.Length} scenarios", json, terminal, progress => Task.Run(() => Run(robot, seed, missing, file, rows, progress, cancellation)));
        CampaignRow[] mine = [.. rows.Values.Where(row => row.Number >= first && row.Number < first + count).OrderBy(row => row.Number)];
        CampaignSummary summary = CampaignSummary.Of(seed, mine);
        if (json) terminal.WriteJson(summary, ReportJson.Default.CampaignSummary);
        else Print(summary, mine, terminal);
        return Array.Exists(mine, row => row.IsBad) ? ExitCode.Missed : ExitCode.Ok;
    }

    private static bool Run(
        RobotConfiguration robot, ulong seed, int[] missing, CampaignFile? file, Dictionary<int, CampaignRow> rows, Action<double> progress,
        CancellationToken cancellation)
    {
        CampaignDraw draw = new(robot, seed);
        Parallel.ForEach(missing, new ParallelOptions { CancellationToken = cancellation }, number =>
        {
            CampaignRow row = CampaignRow.Run(draw, number, cancellation);
            file?.Add(row);
            lock (rows)
            {
                rows.Add(number, row);
                progress((double)(rows.Count - 1) / missing.Length);
            }
        });
        return true;
    }
}
