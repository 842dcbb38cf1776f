using System.CommandLine;
using LiquidControl.Cli.Daemon;
using LiquidControl.Cli.Reports;
using LiquidControl.Hosting;
using LiquidControl.Telemetry;
using LiquidControl.Telemetry.Replay;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil replay`: runs recorded cycles again and says whether every bit came out the same.</summary>
internal sealed class HilReplayCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A recording of `hil record` or `move --record`." };
    private readonly Option<string?> _robot = new("--robot") { Description = "A robot's name, or the path of its robot.toml. [default: the recording's]", HelpName = "name" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes the recorded cycles as a table.", HelpName = "file.csv" };
    private readonly Option<string?> _keep = new("--keep") { Description = "Copies a recording with the same bits here, where a test replays it: tests/scenarios/recordings.", HelpName = "folder" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private HilReplayCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var replay = new HilReplayCommand(terminal);
        var command = new ExampleCommand(
            "replay", "Feeds a recording's frames through its controller again; exit code 0 only when every bit of every cycle is the same.",
            "liquidcontrol hil replay move.mcap", "liquidcontrol hil replay move.mcap --json --csv move.csv",
            "liquidcontrol hil replay move.mcap --keep tests/scenarios/recordings")
        {
            replay._file, replay._robot, replay._csv, replay._keep, replay._json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(replay.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        string file = result.GetRequiredValue(_file);
        string? csv = result.GetValue(_csv), keep = result.GetValue(_keep);
        bool json = result.GetValue(_json);
        if (csv is not null) OutputFile.Check("--csv", csv, ".csv");
        string? kept = keep is null ? null : Kept(keep, file);
        using var recording = Open(file);
        var origin = recording.Origin;
        string robot = result.GetValue(_robot) is { } named ? RobotCatalog.Find(named) : RecordedController.FindRobot(recording);
        RecordedController controller = new(recording, RobotConfiguration.Load(robot));
        foreach (string change in controller.Changes) _terminal.Error.WriteLine($"{change} The bits may differ because of it.");
        var replay = Replay(recording, controller, json, cancellation);
        if (csv is not null) WriteCsv(file, csv);
        if (kept is not null && replay.IsSame) File.Copy(file, kept);
        ReplayReport report = new(
            file, origin.Robot, origin.Controller, origin.Program, replay.IsSame, replay.Activations, replay.Cycles, replay.BeforeActivation,
            replay.AfterLoss, replay.Difference, $"{replay.StateHash:x16}", controller.Changes, replay.NotCompared,
            replay.End is { IsWhole: false } cut ? cut.Offset : null, replay.End is { IsWhole: false } why ? why.Reason : null, csv,
            replay.IsSame ? kept : null);
        if (json) _terminal.WriteJson(report, ReportJson.Default.ReplayReport);
        else Print(report);
        return report.IsSame ? ExitCode.Ok : ExitCode.Missed;
    }

    private ReplayResult Replay(RecordingReader recording, RecordedController controller, bool json, CancellationToken cancellation)
    {
        if (json || !_terminal.IsInteractive)
            return CycleReplay.Run(recording, controller.NewCycle, _ => { }, cancellation);
        return _terminal.Console.Progress().Start(context =>
        {
            var bar = context.AddTask("replay", maxValue: 1.0);
            return CycleReplay.Run(recording, controller.NewCycle, part => bar.Value = part, cancellation);
        });
    }

    private static RecordingReader Open(string file)
    {
        if (!File.Exists(file))
            throw new BadInputException($"{file}: found no such file, expected a recording. Make one with `liquidcontrol hil record` or `liquidcontrol move --record`.");
        return RecordingReader.Open(file);
    }

    private static string Kept(string folder, string file)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException($"--keep: there is no directory {folder}. Create it or choose another place.");
        string kept = Path.Combine(folder, Path.GetFileName(file));
        return Path.Exists(kept) ? throw new BadInputException($"--keep: found {kept} there already, expected a new name. Rename the recording.") : kept;
    }

    private static void WriteCsv(string file, string csv)
    {
        using var recording = Open(file);
        CycleTable table = new(new(recording.Origin.Robot, recording.Origin.Rate, recording.Origin.Joints, recording.Layout.Fields));
        byte[] record = new byte[recording.Layout.Size];
        while (recording.Read(record)) table.Add(recording.Number, record);
        CycleFile.Write(csv, table);
    }

    private void Print(ReplayReport report)
    {
        var table = new Table().Title(Markup.Escape($"{report.Robot}, {report.Controller}: {report.File}")).AddColumns("", "").HideHeaders();
        Row("recorded by", report.Program);
        Row("activations", $"{report.Activations}");
        Row("cycles replayed", $"{report.Cycles}");
        if (report.BeforeActivation > 0) Row("records before the first activation, not replayed", $"{report.BeforeActivation}");
        if (report.AfterLoss > 0) Row("records after lost ones, not replayed", $"{report.AfterLoss}");
        if (report.NotCompared.Count > 0) Row("fields that the recording lacks", string.Join(", ", report.NotCompared));
        if (report.CutAt is not null) Row("cut off", $"at byte {report.CutAt}: {report.CutBecause}");
        Row("state hash", report.StateHash);
        Row("first difference", report.Difference?.ToString() ?? "none");
        _terminal.Console.Write(table);
        if (report.Csv is not null) _terminal.Output.WriteLine($"CSV: {report.Csv}");
        if (report.Kept is not null) _terminal.Output.WriteLine($"Kept: {report.Kept}");
        _terminal.Output.WriteLine(report switch
        {
            { IsSame: true } => "Same bits.",
            { Difference: null } => "Nothing to replay: the recording holds no activation.",
            _ => "NOT the same bits.",
        });

        void Row(string name, string value) => table.AddRow(name, Markup.Escape(value));
    }
}
