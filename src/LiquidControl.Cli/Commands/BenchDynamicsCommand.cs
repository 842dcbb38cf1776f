using System.CommandLine;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench dynamics`: kinematics and dynamics of the arms, ours beside Orocos KDL.</summary>
internal sealed class BenchDynamicsCommand : BenchSuiteCommand<DynamicsTimeRow>
{
    private BenchDynamicsCommand(Terminal terminal)
        : base(terminal, "dynamics", ReportJson.Default.DynamicsTimeRowArray)
    {
    }

    protected override string Title => "Time a call: median of rounds, line to p99; in brackets the ratio to Orocos KDL in the same round";

    public static Command Create(Terminal terminal) => new BenchDynamicsCommand(terminal).ToCommand(
        "Computes kinematics and dynamics of the arms beside Orocos KDL, in one run, and shows time and bytes a call.",
        drawn: "times a call", quickly: "few rounds");

    protected override IReadOnlyList<BarGroup> Bars(DynamicsTimeRow[] rows) => DynamicsBars.Of(rows);

    protected override void Print(DynamicsTimeRow[] rows)
    {
        foreach (var robot in rows.GroupBy(row => row.Robot))
        {
            var table = new Table().Title(Markup.Escape(robot.Key))
                .AddColumns("function", "variant", "ns", "p99", "worst", "/ KDL", "bytes");
            foreach (var row in robot)
            {
                table.AddRow(
                    row.Function, row.Variant, Shown(row.NsMedian), Shown(row.NsP99), Shown(row.NsWorst), Shown(row.RatioToKdl),
                    row.BytesPerCall is { } bytes ? Shown(bytes) : "- (native)");
            }

            Terminal.Console.Write(table);
        }
    }
}
