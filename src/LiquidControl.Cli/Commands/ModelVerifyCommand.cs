using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model verify`: runs recorded sequences of the reference library and shows the largest errors.</summary>
internal static class ModelVerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("vectors.json") { Description = "Recorded runs of the reference library, weights beside it." };
        var precision = CommonOptions.Choice("--precision", "Number format of the run.", "double", ["double", "float"]);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "verify", "Runs reference vectors and shows the largest error of outputs and states beside what is allowed.",
            "liquidcontrol model verify tests/LiquidControl.Neural.Tests/golden/cfc_default_b1_lecun.json",
            "liquidcontrol model verify tests/LiquidControl.Neural.Tests/golden/cfc_pure_b0.json --precision float")
        {
            file, precision, json,
        };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetRequiredValue(precision)!, result.GetValue(json), terminal));
        return command;
    }

    private static int Run(string path, string precision, bool json, Terminal terminal)
    {
        var verification = ReferenceVectors.Load(path).Verify(precision == "float" ? Precision.Binary32 : Precision.Binary64);
        if (json)
        {
            terminal.WriteJson(Report(verification, precision), ReportJson.Default.VerificationReport);
        }
        else
        {
            Print(verification, precision, terminal);
        }

        return verification.Passed ? ExitCode.Ok : ExitCode.Missed;
    }

    private static VerificationReport Report(ReferenceVerification verification, string precision) => new(
        verification.Name, precision, verification.Passed,
        [
            .. verification.Sequences.Select(sequence => new SequenceReport(
                sequence.Name, sequence.Steps, sequence.Result.ToString(), sequence.OutputError, sequence.StateError, sequence.Tolerance)),
        ]);

    private static void Print(ReferenceVerification verification, string precision, Terminal terminal)
    {
        var table = new Table().Title($"{Markup.Escape(verification.Name)} in {precision}").AddColumns("sequence", "steps", "largest output error", "largest state error", "allowed");
        foreach (var sequence in verification.Sequences)
        {
            bool stopped = sequence.Result != StepResult.Ok;
            string steps = stopped ? $"{sequence.Steps}, stopped: {sequence.Result}" : $"{sequence.Steps}";
            table.AddRow(Markup.Escape(sequence.Name), steps, Shown(sequence.OutputError), Shown(sequence.StateError), Shown(sequence.Tolerance));
        }

        terminal.Console.Write(table);
        terminal.Output.WriteLine(verification.Passed ? "Within the tolerance." : "NOT within the tolerance.");
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
