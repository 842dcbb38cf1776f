using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural.Ode;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`ode synapse`: looks for a synapse whose closed form lies outside the published error bound.</summary>
internal static class OdeSynapseCommand
{
    public static Command Create(Terminal terminal)
    {
        var count = NumberOptions.Whole("--count", "Synapses to draw. [default: 10000]", 1, 10_000_000);
        var seed = NumberOptions.Whole("--seed", "Seed of the draws. [default: 1]", 0, long.MaxValue);
        var plot = OdeInput.Plot("the errors of all draws between their bounds, and the worst case over time,");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "synapse", "Draws synapses and inputs and holds the error of the closed form against its bound; exit code 0 only if none is outside.",
            "liquidcontrol ode synapse",
            "liquidcontrol ode synapse --count 100000 --seed 7 --plot bound.png")
        {
            count, seed, plot, json,
        };
        command.SetAction(result => Run(
            (int)(result.GetValue(count) ?? 10_000), result.GetValue(seed) ?? 1, result.GetValue(plot), result.GetValue(json), terminal));
        return command;
    }

    private static int Run(int count, long seed, string? plot, bool json, Terminal terminal)
    {
        OdePicture.ThrowIfImpossible(plot);
        var search = SynapseBoundSearch.Run(count, (ulong)seed);
        string? picture = OdePicture.Write(plot, "Closed form of a synapse", SynapsePanels.Of(search), terminal);
        if (json)
        {
            var report = new SynapseReport(
                count, seed, search.Outside, search.WorstUpper, search.WorstLower, search.LiquidGapMedian, search.LiquidGapLargest);
            terminal.WriteJson(report, ReportJson.Default.SynapseReport);
        }
        else
        {
            Print(count, search, picture, terminal);
        }

        return search.Outside == 0 ? ExitCode.Ok : ExitCode.Missed;
    }

    private static void Print(int count, SynapseBoundSearch search, string? picture, Terminal terminal)
    {
        var table = new Table().Title($"{count} synapses, errors as parts of |x0 - A|").AddColumns("", "");
        table.HideHeaders();
        table.AddRow("outside the bounds", $"{search.Outside}");
        table.AddRow("worst error above, as a part of e^(-w t)", Shown(search.WorstUpper));
        table.AddRow("worst error below, as a part of e^(-w t) (1 - e^(-t))", Shown(search.WorstLower));
        table.AddRow("gap to the liquid equation dx/dt = -(w + f) x + A f, median", Shown(search.LiquidGapMedian));
        table.AddRow("the same, largest", Shown(search.LiquidGapLargest));
        terminal.Console.Write(table);
        if (picture is not null) terminal.Output.WriteLine($"Picture: {picture}");
        terminal.Output.WriteLine(search.Outside == 0 ? "All within the bounds." : "NOT all within the bounds.");
    }

    private static string Shown(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
