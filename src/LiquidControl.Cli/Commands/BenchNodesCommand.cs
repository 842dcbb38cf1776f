using System.CommandLine;
using System.Globalization;
using LiquidControl.Cli.Benchmarks.Nodes;
using LiquidControl.Cli.Reports;
using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Simulation.Nodes;
using Spectre.Console;

namespace LiquidControl.Cli.Commands;

/// <summary>`bench nodes`: what the emulation of device nodes adds to the time a call takes.</summary>
internal sealed class BenchNodesCommand
{
    private const long UsualCalls = 5000;

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<long?> _calls = NumberOptions.Whole("--calls", $"Of each kind. [default: {UsualCalls}]", 10, 1_000_000);
    private readonly Option<long?> _offset = NumberOptions.Whole("--offset", "The emulator's --offset. [default: 0]", 0, 1000);
    private readonly Option<long?> _processor = NumberOptions.Whole("--cpu", "The processor to run on. [default: the last one]", 0, 1023);
    private readonly Option<string> _root = new("--root") { Description = "The emulator's --root.", DefaultValueFactory = _ => "/dev", HelpName = "folder" };
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Terminal _terminal;

    private BenchNodesCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var nodes = new BenchNodesCommand(terminal);
        var command = new ExampleCommand(
            "nodes", "Times the calls of a control cycle through a running emulator's nodes (`liquidcontrol hil up`), as the daemon makes them.",
            "liquidcontrol hil exec -- liquidcontrol bench nodes", "liquidcontrol hil exec -- liquidcontrol bench nodes --calls 50000 --json")
        {
            nodes._robot, nodes._calls, nodes._offset, nodes._processor, nodes._root, nodes._run, nodes._json,
        };
        command.SetAction(nodes.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var wiring = HilCommand.RobotWithChips(result.GetRequiredValue(_robot)).Wiring!;
        string socket = HilCommand.SocketIn(result.GetRequiredValue(_run));
        EmulatorSocket.Ask(socket, "status");
        var nodes = new NodeLayout((int)(result.GetValue(_offset) ?? 0)).In(result.GetRequiredValue(_root));
        NodeCallRow[] rows = [];
        SchedulingRequest scheduling = new(SchedulingPolicy.Fifo, SchedulingRequest.UsualPriority);
        int processor = (int)(result.GetValue(_processor) ?? Environment.ProcessorCount - 1);
        var thread = RealtimeThread.Start(
            "node calls", new(scheduling, processor), ProcessRights.Current(),
            () => rows = new NodeCalls(nodes, wiring, socket).Measure((int)(result.GetValue(_calls) ?? UsualCalls)));
        try
        {
            thread.Join();
        }
        catch (HardwareException error)
        {
            throw new BadInputException(error.Message);
        }

        if (result.GetValue(_json)) _terminal.WriteJson(rows, ReportJson.Default.NodeCallRowArray);
        else Print(rows, thread.Grants);
        return ExitCode.Ok;
    }

    private void Print(NodeCallRow[] rows, IReadOnlyList<Grant> grants)
    {
        Table table = new Table().Title("what a call takes beyond its time on the wire, µs")
            .AddColumns("call", "on the wire", "p50", "p99", "p99.9", "max");
        foreach (var row in rows) table.AddRow([row.Call, .. new[] { row.WireUs, row.P50Us, row.P99Us, row.P999Us, row.MaxUs }.Select(Text)]);
        _terminal.Console.Write(table);
        foreach (var grant in grants.Where(grant => !grant.IsGranted)) _terminal.Output.WriteLine(grant);
    }

    private static string Text(double us) => us.ToString("F1", CultureInfo.InvariantCulture);
}
