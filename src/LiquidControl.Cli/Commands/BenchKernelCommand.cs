using System.CommandLine;
using LiquidControl.Cli.Plotting;
using LiquidControl.Cli.Reports;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench kernel`: a step of liquid networks, ours beside C, Eigen, ONNX Runtime and solvers of the equation.</summary>
internal sealed class BenchKernelCommand : BenchSuiteCommand<KernelRow>
{
    /// <summary>Single steps at size a: what 99.9 % of them take, as a multiple of the median, should be no more.</summary>
    private const double LargestTail = 4.0;

    private BenchKernelCommand(Terminal terminal)
        : base(terminal, "kernel", ReportJson.Default.KernelRowArray)
    {
    }

    protected override string Title => "Time a step: median of rounds, line to p99; in brackets the ratio to tuned C in the same round";

    public static Command Create(Terminal terminal) => new BenchKernelCommand(terminal).ToCommand(
        "Steps networks of several sizes in every way there is, in one run, and shows time, bytes, instructions and evaluations a step.",
        drawn: "times a step", quickly: "few rounds, no counting of instructions");

    protected override IReadOnlyList<BarGroup> Bars(KernelRow[] rows) => KernelBars.Of(rows);

    protected override void Print(KernelRow[] rows)
    {
        foreach (var size in rows.GroupBy(row => row.Size))
        {
            var table = new Table().Title(Markup.Escape(KernelBars.Describe(size.Key)))
                .AddColumns("variant", "ns", "p99", "worst", "/ tuned C", "bytes", "instructions", "evaluations");
            foreach (var row in size)
            {
                table.AddRow(
                    Markup.Escape(row.Variant), Shown(row.NsMedian), Shown(row.NsP99), Shown(row.NsWorst), Shown(row.RatioToTunedC),
                    row.BytesPerStep is { } bytes ? Shown(bytes) : "0 (native)", Shown(row.InstructionsPerStep),
                    Shown(row.EvaluationsPerStep));
            }

            Terminal.Console.Write(table);
        }

        foreach (var row in rows)
        {
            if (row.SingleSteps is not { } single) continue;
            Terminal.Output.WriteLine(
                $"{row.Variant}, size {row.Size}, steps timed one by one: p50 {Shown(single.P50)}, p99 {Shown(single.P99)}, "
                + $"p99.9 {Shown(single.P999)}, max {Shown(single.Max)} ns; p99.9 is {Shown(single.P999 / single.P50)} times p50, "
                + $"at most {Shown(LargestTail)} is wanted.");
        }
    }
}
