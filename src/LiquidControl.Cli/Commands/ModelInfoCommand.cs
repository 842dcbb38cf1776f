using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Certificates;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`model info`: shape, inputs, outputs and provenance of a trained network, and what is certain of it.</summary>
internal static class ModelInfoCommand
{
    /// <summary>Shortest and longest timespan of the usual domain, in the network's unit.</summary>
    private const double UsualShortest = 0.001;
    private const double UsualLongest = 1.0;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .safetensors file; what it lacks may stand in a .json file of the same name." };
        var inputs = NumberOptions.Numbers("--inputs", "Range of every input for what is proved, as the network sees it. "
            + $"[default: {-LiquidPolicy.FeatureClip:G} {LiquidPolicy.FeatureClip:G}, where a policy clips, with named features; else -1 1]", "the lower and the upper end", 2, 2);
        var timespans = NumberOptions.Numbers(
            "--dt", $"Shortest and longest timespan for what is proved, in the network's unit. [default: {UsualShortest:G} {UsualLongest:G}]", "the shortest and the longest", 2, 2);
        var precision = CommonOptions.Choice("--precision", "Number format of the network that is certified.", "double", ["double", "float"]);
        var attack = NumberOptions.Whole("--attack", "Steps to spend on trying to break what is proved; exit code 1 if it breaks.", 1, 1_000_000_000);
        var seed = NumberOptions.Whole("--seed", "Seed of the attack. [default: 1]", 0, long.MaxValue);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "info", "Shows a network's shape, inputs, outputs, how it was trained, and what is certain of its states and outputs.",
            "liquidcontrol model info firmware-config/robots/ar4-dc/policy.safetensors",
            "liquidcontrol model info firmware-config/robots/ar4-dc/policy.safetensors --inputs -3 3 --precision float --attack 100000")
        {
            file, inputs, timespans, precision, attack, seed, json,
        };
        command.SetAction(result => Run(
            new(result.GetRequiredValue(file), NumberOptions.Given(result, inputs), NumberOptions.Given(result, timespans),
                result.GetRequiredValue(precision)!, result.GetValue(attack), (ulong)(result.GetValue(seed) ?? 1)),
            result.GetValue(json), terminal));
        return command;
    }

    private sealed record Request(string File, double[]? Inputs, double[]? Timespans, string Precision, long? Attack, ulong Seed);

    private static int Run(Request request, bool json, Terminal terminal)
    {
        var model = ModelFile.Load(request.File);
        var certificate = terminal.IsInteractive && !json
            ? terminal.Console.Status().Start("Proving bounds", status => Certify(request, model, () => status.Status("Trying to break them")))
            : Certify(request, model, () => { });
        var report = Report(request.File, model, certificate);
        if (json) terminal.WriteJson(report, ReportJson.Default.ModelReport);
        else Print(report, terminal);
        return certificate.Attack is { Violations.Count: > 0 } ? ExitCode.Missed : ExitCode.Ok;
    }

    private static CertificateReport Certify(Request request, Model model, Action attacks)
    {
        double clip = model.Metadata.Features.IsEmpty ? 1.0 : LiquidPolicy.FeatureClip;
        double[] inputs = request.Inputs ?? [-clip, clip];
        double[] timespans = request.Timespans ?? [UsualShortest, UsualLongest];
        var precision = request.Precision == "float" ? Precision.Binary32 : Precision.Binary64;
        if (inputs[0] > inputs[1])
        {
            throw new BadInputException(FormattableString.Invariant($"--inputs: found {inputs[0]} {inputs[1]}, expected the lower end first."));
        }

        Certificate certificate;
        try
        {
            var domain = CertificateDomain.Uniform(model.Architecture.InputSize, inputs[0], inputs[1], timespans[0], timespans[1], precision);
            certificate = Certificate.Of(model.Weights, domain);
        }
        catch (ArgumentException error)
        {
            throw new BadInputException($"--dt: {error.Message}");
        }

        if (request.Attack is not { } evaluations) return CertificateReport.Of(request.Precision, certificate, null, request.Seed);
        attacks();
        var attack = CertificateAttack.Run(model.Weights, certificate, evaluations, request.Seed);
        return CertificateReport.Of(request.Precision, certificate, attack, request.Seed);
    }

    private static ModelReport Report(string path, Model model, CertificateReport certificate)
    {
        var shape = model.Architecture;
        TensorReport[] tensors = [.. shape.Tensors().Select(tensor => new TensorReport(tensor.Key, [.. tensor.Shape]))];
        var dense = shape as CfcArchitecture;
        long parameters = shape.Tensors().Where(tensor => !tensor.IsMask).Sum(tensor => (long)tensor.Length);
        var cost = NetworkCost.Of(model.Weights);
        CfcMode? mode = dense?.Mode ?? (shape as WiredCfcArchitecture)?.Mode;
        return new(
            path, Kind(shape), mode is { } named ? CfcNames.Name(named) : null, dense is null ? null : CfcNames.Name(dense.Activation),
            shape.InputSize, shape.NeuronCount, dense?.BackboneLayers ?? 0, dense is { BackboneLayers: > 0 } ? dense.BackboneUnits : 0,
            shape.OutputSize, parameters, parameters * (model.StorageType == TensorType.F32 ? sizeof(float) : sizeof(double)),
            cost.Connections, cost.MultiplyAdds, cost.Sigmoids, model.StorageType.ToString(), model.Metadata.TimespanScale, tensors,
            [.. model.Metadata.Features.Select(feature => new SignalReport(feature.Name, feature.Unit, feature.Mean, feature.Scale))],
            [.. model.Metadata.Outputs.Select(output => new SignalReport(output.Name, output.Unit, null, output.Scale))],
            model.Metadata.Provenance.ToDictionary(), certificate);
    }

    private static string Kind(NetworkArchitecture shape)
    {
        string cell = shape switch
        {
            LtcArchitecture => "LTC",
            WiredCfcArchitecture => "wired CfC",
            _ => "dense CfC",
        };
        return shape.Memory == MemoryCoupling.None ? cell : cell + " with mixed memory";
    }

    private static void Print(ModelReport report, Terminal terminal)
    {
        string mode = report.Mode is null ? "" : $", mode {report.Mode}";
        string backbone = report.BackboneLayers == 0
            ? ""
            : $", {report.BackboneLayers} backbone layer(s) of {report.BackboneUnits} with {report.Activation}";
        terminal.Output.WriteLine(
            $"{report.File}: {report.Kind}{mode}, {report.Inputs} inputs, {report.Units} neurons{backbone}, {report.Outputs} outputs, timespan 1 = {Shown(report.TimespanScale)} s");
        terminal.Output.WriteLine(
            $"{report.Connections} {(report.Kind.StartsWith("dense", StringComparison.Ordinal) ? "connections" : "synapses")}, "
            + $"{report.Parameters} parameters, {report.Bytes} bytes as {report.StorageType}; "
            + $"a step: {report.MultiplyAdds} multiply-adds, {report.Functions} sigmoids and the like");
        var tensors = new Table().Title("Weights").AddColumns("key", "shape");
        foreach (var tensor in report.Tensors) tensors.AddRow(Markup.Escape(tensor.Key), string.Join(" x ", tensor.Shape));
        terminal.Console.Write(tensors);
        PrintSignals("Inputs: the network sees (value - mean) / scale", report.Features, terminal);
        PrintSignals("Outputs: the value is scale times what the network says", report.Commands, terminal);
        foreach (var (key, value) in report.Provenance) terminal.Output.WriteLine($"{key}: {value}");
        CertificateTable.Print(report.Certificate, terminal);
    }

    private static void PrintSignals(string title, IReadOnlyList<SignalReport> signals, Terminal terminal)
    {
        if (signals.Count == 0) return;
        var table = new Table().Title(title).AddColumns("name", "unit", "mean", "scale");
        foreach (var signal in signals)
        {
            table.AddRow(Markup.Escape(signal.Name), Markup.Escape(signal.Unit), signal.Mean is { } mean ? Shown(mean) : "", Shown(signal.Scale));
        }

        terminal.Console.Write(table);
    }

    private static string Shown(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
