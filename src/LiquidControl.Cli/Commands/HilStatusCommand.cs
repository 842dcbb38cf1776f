using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LiquidControl.Hosting;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil status`: what a running emulator's arm and buses do.</summary>
internal sealed class HilStatusCommand
{
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private HilStatusCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var status = new HilStatusCommand(terminal);
        var command = new ExampleCommand(
            "status", "Shows the joints, the bridges and the traffic of a running emulator.", "liquidcontrol hil status", "liquidcontrol hil status --json")
        {
            status._run, status._json,
        };
        command.SetAction(status.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        string answer = EmulatorSocket.Ask(HilCommand.SocketIn(result.GetRequiredValue(_run)), "status");
        var status = JsonSerializer.Deserialize(answer, EmulatorJson.Default.EmulatorStatus)!;
        if (result.GetValue(_json))
        {
            _terminal.WriteJson(status, EmulatorJson.Default.EmulatorStatus);
            return ExitCode.Ok;
        }

        Print(status);
        return ExitCode.Ok;
    }

    private void Print(EmulatorStatus status)
    {
        var joints = new Table().Title(Markup.Escape(status.Robot)).AddColumns("joint", "position, °", "velocity, °/s", "duty at the bridge");
        for (int i = 0; i < status.PositionDeg.Length; i++)
            joints.AddRow($"{i + 1}", Shown(status.PositionDeg[i], "F2"), Shown(status.VelocityDegS[i], "F2"), Shown(status.Drive[i], "F3"));
        var nodes = new Table().AddColumns("node", "transfers", "errors", "time on the wire, ms", "noticed late by at most, µs");
        foreach (var node in status.Nodes)
            nodes.AddRow(node.Node, $"{node.Transfers}", $"{node.Errors}", Shown(node.WireMs, "F1"), Shown(node.LatestUs, "F1"));
        _terminal.Console.Write(joints);
        _terminal.Console.Write(nodes);
        string bridges = status.BridgesEnabled ? "on" : "off";
        string held = status.HeldAtStart ? ", the arm is held where it started" : "";
        _terminal.Output.WriteLine($"Bridges {bridges}{held}. Tool at {string.Join(", ", status.ToolM.Select(value => Shown(value, "F4")))} m.");
        if (status.Lockstep)
        {
            _terminal.Output.WriteLine($"In lockstep, at {Shown(status.NowNs * 1e-9, "F4")} s: time passes at each edge of the heartbeat, and with `hil step`.");
            return;
        }

        _terminal.Output.WriteLine($"Longest time without a step of the plant: {Shown(status.LongestGapMs, "F1")} ms (1 is meant).");
    }

    private static string Shown(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
