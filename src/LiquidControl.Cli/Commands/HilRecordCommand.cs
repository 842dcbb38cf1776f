using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Realtime;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil record`: every cycle of a running daemon into an MCAP file.</summary>
internal sealed class HilRecordCommand
{
    /// <summary>Between two lines of a log, s.</summary>
    private const double LineEvery = 10.0;

    private readonly Option<string> _output = RecordingFiles.Output("--output", "The recording, a new file.", required: true);
    private readonly Option<string> _ring = DaemonOptions.Ring();
    private readonly Option<double?> _seconds = NumberOptions.Number("--seconds", "How long; 0 for what the ring holds now. [default: until Ctrl-C, or the daemon's end]", 0.0, 1e9, "a number from 0, s");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private HilRecordCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var record = new HilRecordCommand(terminal);
        var command = new ExampleCommand(
            "record", "Records every cycle of a running liquidcontrold, and those its ring still holds, to an MCAP file for `hil replay`, Foxglove and PlotJuggler.",
            "liquidcontrol hil record --output move.mcap", "liquidcontrol hil record --ring ./ring --output move.mcap --seconds 60 --json")
        {
            record._output, record._ring, record._seconds, record._json,
        };
        command.SetAction(record.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        string output = result.GetRequiredValue(_output), path = result.GetRequiredValue(_ring);
        bool json = result.GetValue(_json);
        RecordingFiles.Check("--output", output);
        using var ring = RingFollower.Open(path);
        var origin = ring.Description.Origin ?? throw new BadInputException(
            $"{path}: found a ring that does not say which controller wrote it, expected that of a liquidcontrold. Use a program and a daemon of the same release.");
        using RingRecorder recorder = new(ring, origin, output);
        var writer = await RecordAsync(recorder, ring, TimeSpan.FromSeconds(result.GetValue(_seconds) ?? 1e9), json, cancellation);
        recorder.Dispose();
        RecordingReport report = new(
            output, origin.Robot, origin.Controller, recorder.Records, recorder.Activations, ring.Lost, ring.Corrupt, recorder.Bytes, RingFollower.Word(writer));
        if (json) _terminal.WriteJson(report, ReportJson.Default.RecordingReport);
        else Print(report);
        return ExitCode.Ok;
    }

    private Task<RingWriterState> RecordAsync(RingRecorder recorder, RingFollower ring, TimeSpan duration, bool json, CancellationToken cancellation)
    {
        if (_terminal.IsInteractive && !json)
        {
            return _terminal.Console.Status()
                .StartAsync("recording", screen => recorder.RunAsync(duration, () => screen.Status = Words(recorder, ring), cancellation));
        }

        long next = MonotonicClock.NowNs;
        return recorder.RunAsync(
            duration,
            () =>
            {
                if (MonotonicClock.NowNs < next) return;
                _terminal.Error.WriteLine(Words(recorder, ring));
                next += (long)(1e9 * LineEvery);
            },
            cancellation);
    }

    private void Print(RecordingReport report)
    {
        _terminal.Output.WriteLine($"{report.File}: {report.Records} records of {report.Robot}, {report.Controller}, {Megabytes(report.Bytes)} MB.");
        if (report.Lost + report.Corrupt > 0)
            _terminal.Output.WriteLine($"LOST: {report.Lost} records overwritten before they were read, {report.Corrupt} left out for a wrong checksum. What follows a loss is replayed from the next activation on.");
        if (report.Writer == "replaced")
            _terminal.Output.WriteLine("Another daemon has taken the place of this one: record it to a file of its own.");
        else if (report.Writer != "writing")
            _terminal.Output.WriteLine($"The daemon {report.Writer}.");
        _terminal.Output.WriteLine(report.Activations > 0
            ? $"Activations to replay: {report.Activations}. liquidcontrol hil replay {report.File}"
            : "No activation among them, so nothing to replay: record from before the arm is activated, or at most 16 s after.");
    }

    private static string Words(RingRecorder recorder, RingFollower ring) => $"Recording: {recorder.Records} records, {ring.Lost} lost, {Megabytes(recorder.Bytes)} MB on the disk";

    private static string Megabytes(long bytes) => (1e-6 * bytes).ToString("F1", CultureInfo.InvariantCulture);
}
