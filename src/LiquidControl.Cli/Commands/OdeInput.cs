using System.CommandLine;
using LiquidControl.Cli.Explaining;
using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;
using LiquidControl.Neural.Ode;
using LiquidControl.Numerics;

namespace LiquidControl.Cli.Commands;

/// <summary>An LTC network and the inputs it is run on, from a file of reference vectors or of a model.</summary>
internal sealed record OdeInput(string Name, NetworkWeights Cell, IReadOnlyList<ReferenceSequence> Sequences, string? Note)
{
    private const string Extreme = "extreme";
    private const int WaveSteps = 200;
    private const double WaveTimespan = 0.05;

    public static Argument<string> File() => new("network")
    {
        Description = "Recorded runs of an LTC network (.json), or a model of one (.safetensors), run on --recording or on sines.",
    };

    public static Option<string?> Sequence() => new("--sequence")
    {
        Description = "The one recorded sequence to run. [default: all but those of extreme numbers]",
        HelpName = "name",
    };

    public static Option<string?> Recording() => new("--recording")
    {
        Description = "CSV of inputs for a model, with a column dt (s) and one an input; `move --recording` writes one.",
        HelpName = "csv",
    };

    public static Option<string?> Plot(string what) => new("--plot") { Description = $"Draws {what} to a .png or .svg.", HelpName = "file.png" };

    public static OdeInput Load(string path, string? sequence, string? recording = null)
    {
        var (name, weights, recorded) = Read(path, recording);
        if (weights.Architecture is not LtcArchitecture { Memory: not MemoryCoupling.Input })
        {
            throw new BadInputException(
                $"{path}: found a network of {weights.Architecture.GetType().Name}, expected an LTC network whose neurons read the input. "
                + "Only an LTC is defined by a differential equation; `liquidcontrol model info` shows what is in a file.");
        }

        var cell = LtcCell.Of(weights);
        var sequences = recorded ?? [Sines(cell.Architecture)];
        ReferenceSequence[] chosen = [.. sequences.Where(s => sequence is null ? s.Name != Extreme : s.Name == sequence)];
        if (chosen.Length == 0)
        {
            throw new BadInputException($"--sequence: found {sequence ?? "none"}, expected one of {string.Join(", ", sequences.Select(s => s.Name))}.");
        }

        string? note = weights.Architecture.Memory == MemoryCoupling.None ? null : "The LSTM beside the neurons is left aside.";
        return new(name, cell, chosen, note);
    }

    private static (string Name, NetworkWeights Weights, IReadOnlyList<ReferenceSequence>? Sequences) Read(string path, string? recording)
    {
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            var model = ModelFile.Load(path);
            return (Path.GetFileNameWithoutExtension(path), model.Weights, recording is null ? null : [Recorded(RecordingFile.Read(recording, model), model)]);
        }

        if (recording is not null) throw new BadInputException($"--recording: {path} brings its own sequences. Give a .safetensors model, or leave --recording out.");

        var vectors = ReferenceVectors.Load(path);
        return (vectors.Name, vectors.Weights, vectors.Sequences);
    }

    /// <summary>Rows that take no time, such as the first of a move, move no solution and are left out.</summary>
    private static ReferenceSequence Recorded(Recording recording, Model model)
    {
        int[] rows = [.. Enumerable.Range(0, recording.Inputs.Length).Where(k => recording.Timespans[k] > 0.0)];
        if (rows.Length == 0) throw new BadInputException($"{recording.Source}: found no step that takes time, expected dt above zero. Correct the column.");
        return new()
        {
            Name = "recorded",
            InitialState = [.. new double[model.Architecture.NeuronCount]],
            Inputs = [.. rows.Select(k => recording.Inputs[k])],
            Timespans = [.. rows.Select(k => recording.Timespans[k])],
            Outputs = [],
            States = [],
        };
    }

    private static ReferenceSequence Sines(NetworkArchitecture architecture) => new()
    {
        Name = "sines",
        InitialState = [.. new double[architecture.NeuronCount]],
        Inputs =
        [
            .. Enumerable.Range(0, WaveSteps).Select(k =>
                Enumerable.Range(0, architecture.InputSize).Select(i => Elementary.Sin((1.0 + 0.3 * i) * k * WaveTimespan + i)).ToArray()),
        ],
        Timespans = [.. Enumerable.Repeat(WaveTimespan, WaveSteps)],
        Outputs = [],
        States = [],
    };
}
