using System.Globalization;
using LiquidControl.Cli.Explaining;
using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws an explanation: shares of inputs in outputs as a table of shades, the neurons' gates and time constants, and states over time.</summary>
internal static class ExplanationSketch
{
    private const int MostInputs = 24;
    private const int MostOutputs = 8;
    private const int MostStates = 1200;
    private const double Width = 1400.0;
    private const double Row = 20.0;
    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f"];

    public static Sketch Of(ExplanationReport report, RecordedNetwork recorded)
    {
        string[] inputs = [.. ExplanationReports.StrongestFirst(report).Take(MostInputs)];
        double upper = 110.0 + Row * Math.Max(inputs.Length, 12);
        var sketch = new Sketch(Width, upper + 330.0);
        sketch.Text(20, 28, $"{Path.GetFileName(report.File)}, {report.StepsExplained} of {report.Steps} steps, against the {report.Baseline}", size: 17);
        Shares(sketch, report, inputs);
        double plotHeight = (upper - 140.0) / 2;
        NeuronBars(sketch, "Gate g: mean and range", report.Neurons, neuron => neuron.Gate, 760, 85, plotHeight, isLog: false);
        NeuronBars(sketch, "Time constant: median and range (timespan units, log scale)", report.Neurons, neuron => neuron.TimeConstant, 760, 125 + plotHeight, plotHeight, isLog: true);
        States(sketch, recorded, upper + 40.0, 240.0);
        return sketch;
    }

    private static void Shares(Sketch sketch, ExplanationReport report, string[] inputs)
    {
        const double Left = 220.0, Top = 100.0;
        var outputs = report.Outputs.Take(MostOutputs).ToArray();
        double wide = Math.Min(110.0, 460.0 / outputs.Length);
        sketch.Text(20, 60, $"Share of each input in each output (%), strongest first{(inputs.Length == MostInputs ? $", the first {MostInputs}" : "")}", size: 14);
        for (int k = 0; k < outputs.Length; k++)
        {
            sketch.Text(Left + wide * (k + 0.5), Top - 8, outputs[k].Name, TextAnchor.Middle, Math.Min(12.0, 1.6 * wide / outputs[k].Name.Length));
            for (int i = 0; i < inputs.Length; i++)
            {
                double share = outputs[k].Inputs.Single(input => input.Name == inputs[i]).Share;
                sketch.Box(Left + wide * k, Top + Row * i, wide - 2, Row - 2, Shade(share));
                sketch.Text(Left + wide * (k + 0.5), Top + Row * i + 14, (100.0 * share).ToString("F1", CultureInfo.InvariantCulture), TextAnchor.Middle, 11);
            }
        }

        for (int i = 0; i < inputs.Length; i++) sketch.Text(Left - 8, Top + Row * i + 14, inputs[i], TextAnchor.End);
    }

    private static void NeuronBars(
        Sketch sketch, string title, IReadOnlyList<NeuronReport> neurons, Func<NeuronReport, SpreadReport?> of, double left, double top, double height, bool isLog)
    {
        const double Wide = 600.0;
        sketch.Text(left, top - 8, title, size: 14);
        double Value(double value) => isLog ? Math.Log10(value) : value;
        var found = neurons.Select(of).ToArray();
        double[] values = [.. found.OfType<SpreadReport>().SelectMany(spread => new[] { Value(spread.Min), Value(spread.Middle), Value(spread.Max) }).Where(double.IsFinite)];
        if (values.Length == 0)
        {
            sketch.Text(left, top + 20, "These neurons have none.");
            return;
        }

        double min = isLog ? Math.Floor(values.Min()) : 0.0, max = isLog ? Math.Max(Math.Ceiling(values.Max()), min + 1.0) : 1.0;
        double Y(double value) => top + height - height * (Math.Clamp(Value(value), min, max) - min) / (max - min);
        double tickStep = isLog ? Math.Max(1.0, Math.Ceiling((max - min) / 6.0)) : 0.25;
        for (double tick = min; tick <= max + 1e-9; tick += tickStep)
        {
            double y = top + height - height * (tick - min) / (max - min);
            sketch.Line(left, y, left + Wide, y, "#dddddd");
            sketch.Text(left - 6, y + 4, isLog ? FormattableString.Invariant($"1e{tick:F0}") : tick.ToString("G2", CultureInfo.InvariantCulture), TextAnchor.End, 11);
        }

        double step = Wide / found.Length;
        int labelEvery = 1 + found.Length / 24;
        for (int i = 0; i < found.Length; i++)
        {
            double x = left + step * (i + 0.5);
            if (found[i] is { } spread)
            {
                sketch.Line(x, Y(spread.Min), x, Y(spread.Max), "#9db7d5", Math.Clamp(0.5 * step, 1.5, 9.0));
                sketch.Circle(x, Y(spread.Middle), Math.Clamp(0.25 * step, 2.0, 5.0), "#1f4e8c");
            }

            if (i % labelEvery == 0) sketch.Text(x, top + height + 14, $"{neurons[i].Number}", TextAnchor.Middle, 10);
        }
    }

    private static void States(Sketch sketch, RecordedNetwork recorded, double top, double height)
    {
        const double Left = 70.0, Wide = 1290.0;
        var states = recorded.Recording.Run(recorded.Network);
        int neurons = recorded.Model.Architecture.NeuronCount;
        int stride = 1 + states.Length / MostStates;
        int[] shown = [.. Enumerable.Range(0, states.Length).Where(step => step % stride == 0)];
        double largest = shown.Max(step => states[step].Take(neurons).Max(Math.Abs));
        if (largest == 0.0) largest = 1.0;
        double middle = top + height / 2;
        sketch.Text(Left, top - 10, "States over the steps", size: 14);
        foreach (double part in (double[])[-1.0, -0.5, 0.0, 0.5, 1.0])
        {
            double y = middle - part * height / 2;
            sketch.Line(Left, y, Left + Wide, y, "#dddddd");
            sketch.Text(Left - 6, y + 4, (part * largest).ToString("G3", CultureInfo.InvariantCulture), TextAnchor.End, 11);
        }

        for (int neuron = 0; neuron < neurons; neuron++)
        {
            sketch.Path(
                [.. shown.Select(step => (Left + Wide * step / (states.Length - 1), middle - states[step][neuron] / largest * height / 2))],
                Colours[neuron % Colours.Length], neurons > 32 ? 0.7 : 1.2, 0.8);
        }

        sketch.Text(Left, top + height + 18, "0", TextAnchor.Middle, 11);
        sketch.Text(Left + Wide, top + height + 18, $"{states.Length - 1}", TextAnchor.Middle, 11);
    }

    /// <summary>From white to blue; the root lets small shares be told apart.</summary>
    private static string Shade(double share)
    {
        double depth = Math.Sqrt(share);
        return $"#{(int)(255 - 195 * depth):x2}{(int)(255 - 120 * depth):x2}ff";
    }
}
