using System.CommandLine;
using LiquidControl.Cli.Reports;
using LiquidControl.Cli.Rigs;
using LiquidControl.Rig.Campaigns;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil collect`: the parts of a campaign, put together.</summary>
internal static class HilCollectCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("results") { Description = "Files that `hil campaign --results` wrote.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("collect", "Puts the parts of a campaign together.", "liquidcontrol hil collect part-*.jsonl --json") { files, json };
        command.SetAction(result => Run(result.GetRequiredValue(files), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string[] files, bool json, Terminal terminal)
    {
        var parts = files.Select(file => (File: file, Part: CampaignFile.Read(file))).ToArray();
        var (path, other) = parts.FirstOrDefault(part => part.Part.Header != parts[0].Part.Header);
        if (path is not null)
        {
            throw new BadInputException(
                $"{path}:1: found results of robot {other.Header.Robot}, seed {other.Header.Seed}, expected robot {parts[0].Part.Header.Robot}, seed {parts[0].Part.Header.Seed} as in {parts[0].File}.");
        }

        CampaignRow[] rows = [.. parts.SelectMany(part => part.Part.Rows).DistinctBy(row => row.Number).OrderBy(row => row.Number)];
        CampaignSummary summary = CampaignSummary.Of(parts[0].Part.Header.Seed, rows);
        if (json) terminal.WriteJson(summary, ReportJson.Default.CampaignSummary);
        else HilCampaignCommand.Print(summary, rows, terminal);
        return Array.Exists(rows, row => row.IsBad) ? ExitCode.Missed : ExitCode.Ok;
    }
}
