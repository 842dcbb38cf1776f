using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Kernels;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model quantize`: what a network loses in integers, and a copy of it that says how far its numbers reach.</summary>
internal sealed class ModelQuantizeCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A .safetensors model of a dense or wired CfC." };
    private readonly Option<bool> _int16 = new("--int16") { Description = "Weights and activations of 16 bits: the fastest." };
    private readonly Option<bool> _int32 = new("--int32") { Description = "Weights and activations of 32 bits: within 1e-6 of double." };
    private readonly Option<string> _calibrate = new("--calibrate") { Description = "What the network sees: a recording, as `liquidcontrol move --recording` writes it, or the sequences of reference vectors.", Required = true, HelpName = "file.csv|file.json" };
    private readonly Option<string?> _output = new("--out") { Description = "Writes a copy of the model with precision and ranges in its description; its weights stay as they are.", HelpName = "safetensors" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private ModelQuantizeCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var quantize = new ModelQuantizeCommand(terminal);
        var command = new ExampleCommand(
            "quantize",
            "Runs a recording through the network in double and in integers, shows the errors and what is left of the accumulators, and writes a copy "
            + "that a fixed-point kernel is compiled from.",
            "liquidcontrol model quantize firmware-config/robots/ar4-dc/policy.safetensors --int16 --calibrate move.csv --out policy-int16.safetensors",
            "liquidcontrol model quantize tests/LiquidControl.Neural.Tests/golden/cfc_default_b1_lecun.safetensors --int32 "
            + "--calibrate tests/LiquidControl.Neural.Tests/golden/cfc_default_b1_lecun.json")
        {
            quantize._file, quantize._int16, quantize._int32, quantize._calibrate, quantize._output, quantize._json,
        };
        command.SetAction(quantize.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        if (result.GetValue(_int16) == result.GetValue(_int32))
        {
            throw new BadInputException($"precision: found {(result.GetValue(_int16) ? "both" : "neither")} of --int16 and --int32, expected one. Say which.");
        }

        string? output = result.GetValue(_output);
        if (output is not null) OutputFile.Check("--out", output, ".safetensors");
        string file = result.GetRequiredValue(_file), calibration = result.GetRequiredValue(_calibrate);
        var model = ModelFile.Load(file);
        var recordings = Recordings(calibration, model);
        var precision = result.GetValue(_int16) ? KernelPrecision.Fixed16 : KernelPrecision.Fixed32;
        var calibrated = new FixedPointCalibration(precision, FixedPointRangeSearch.Of(model.Weights, recordings));
        var kernel = calibrated.Compile(model.Weights);
        var comparison = FixedPointComparison.Of(model.Weights, kernel, recordings);
        if (output is not null) ModelFile.Save(output, model with { Metadata = model.Metadata with { FixedPoint = calibrated } });

        var report = Report(file, calibration, model, calibrated, comparison, kernel.Report, output);
        if (result.GetValue(_json)) _terminal.WriteJson(report, ReportJson.Default.QuantizationReport);
        else Print(report);
        return ExitCode.Ok;
    }

    private static IReadOnlyList<Recording> Recordings(string path, Model model)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return [RecordingFile.Read(path, model)];
        var vectors = ReferenceVectors.Load(path);
        var shape = vectors.Weights.Architecture;
        if (shape.InputSize == model.Architecture.InputSize && shape.StateSize == model.Architecture.StateSize)
        {
            return [.. vectors.Sequences.Select(sequence => Recording.Of(sequence, path))];
        }

        throw new BadInputException(
            $"--calibrate: {path}: found sequences of {shape.InputSize} inputs and {shape.StateSize} states, expected "
            + $"{model.Architecture.InputSize} and {model.Architecture.StateSize} as the model has. Give what this model saw.");
    }

    private static QuantizationReport Report(
        string file, string calibration, Model model, FixedPointCalibration calibrated, FixedPointComparison comparison, FixedPointReport analysis, string? written)
    {
        string[] names = model.Metadata.Outputs.IsEmpty
            ? [.. Enumerable.Range(1, model.Architecture.OutputSize).Select(i => $"y{i}")]
            : [.. model.Metadata.Outputs.Select(output => output.Name)];
        var ranges = calibrated.Ranges;
        return new(
            file, FixedPointCalibration.Name(calibrated.Precision), calibration, comparison.Steps, comparison.ShortSteps,
            [
                .. comparison.Outputs.Zip(names, (error, name) => new QuantizedOutputReport(
                    name, error.OneStep, error.OneStepRms, error.FreeRunning, error.FreeRunningRms)),
            ],
            comparison.StateError,
            [
                .. analysis.Layers.Select(layer => new QuantizedLayerReport(
                    layer.Tensor, layer.Rows, layer.LargestSum, layer.Resolution, layer.AccumulatorBits, layer.AvailableBits, layer.Headroom)),
            ],
            new(ranges.Inputs, ranges.State, ranges.Hidden), written);
    }

    private void Print(QuantizationReport report)
    {
        string longer = report.Steps == report.ShortSteps ? "" : $"; one-step errors of the {report.ShortSteps} with a timespan up to 1";
        _terminal.Output.WriteLine($"{report.File} in {report.Precision} beside double, {report.Steps} steps of {report.Calibration}{longer}:");
        var outputs = new Table().AddColumns("output", "one step, largest", "one step, RMS", "free running, largest", "free running, RMS");
        foreach (var output in report.Outputs)
        {
            outputs.AddRow(Markup.Escape(output.Name), Shown(output.OneStep), Shown(output.OneStepRms), Shown(output.FreeRunning), Shown(output.FreeRunningRms));
        }

        _terminal.Console.Write(outputs);
        _terminal.Output.WriteLine($"Largest error of a state in one step: {Shown(report.StateError)}. What the layers take of their accumulators:");
        var layers = new Table().AddColumns("layer", "rows", "largest sum", "resolution", "bits", "headroom, bits");
        foreach (var layer in report.Layers)
        {
            layers.AddRow(
                Markup.Escape(layer.Tensor), $"{layer.Rows}", Shown(layer.LargestSum), Shown(layer.Resolution), $"{Shown(layer.AccumulatorBits)} of {layer.AvailableBits}",
                layer.Headroom.ToString("F2", CultureInfo.InvariantCulture));
        }

        _terminal.Console.Write(layers);
        _terminal.Output.WriteLine(report.Written is null ? "Nothing written: name a file with --out." : $"Wrote {report.Written}.");
    }

    private static string Shown(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
