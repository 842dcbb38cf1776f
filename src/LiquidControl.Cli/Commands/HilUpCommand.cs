using System.CommandLine;
using System.Runtime.InteropServices;
using LiquidControl.Hosting;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Cli.Commands;

/// <summary>`hil up`: brings the nodes up and keeps them until it is stopped.</summary>
internal sealed class HilUpCommand
{
    private const double HeaviestPayload = 100.0;
    private const long LargestOffset = 1000;

    private readonly Option<string> _robot = CommonOptions.Robot();
    private readonly Option<double?> _payload = NumberOptions.Number("--payload", "Mass at the tool, kg.", 0.0, HeaviestPayload, $"a mass of 0 to {HeaviestPayload:G} kg");
    private readonly Option<long?> _offset = NumberOptions.Whole("--offset", "Added to every bus and chip number, for a machine that has its own. [default: 0]", 0, LargestOffset);
    private readonly Option<long?> _processor = NumberOptions.Whole(
        "--cpu", "The processor that the loop which drives the arm runs on; calls are answered there. [default: the last one, as the daemon's]", 0, 1023);

    private readonly Option<bool> _lockstep = new("--lockstep") { Description = "The arm moves by a control period at each edge of the heartbeat, or by `hil step`, and stands still between." };
    private readonly Option<string> _root = new("--root") { Description = "Where the links to the nodes are made.", DefaultValueFactory = _ => "/dev", HelpName = "folder" };
    private readonly Option<string> _run = HilCommand.RunFolder();
    private readonly Terminal _terminal;

    private HilUpCommand(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var up = new HilUpCommand(terminal);
        var command = new ExampleCommand(
            "up", "Makes the nodes (needs root and /dev/fuse), moves the arm on the machine's clock or in lockstep with its loop, and takes all away at Ctrl-C.",
            "liquidcontrol hil up", "liquidcontrol hil up --payload 0.5", "liquidcontrol hil up --offset 90", "liquidcontrol hil up --lockstep")
        {
            up._robot, up._payload, up._offset, up._processor, up._lockstep, up._root, up._run,
        };
        command.SetAction((result, cancellation) => Task.FromResult(up.Run(result, cancellation)));
        return command;
    }

    private int Run(ParseResult result, CancellationToken cancellation)
    {
        var robot = RobotConfiguration.Load(RobotCatalog.Find(result.GetRequiredValue(_robot)));
        var layout = new NodeLayout((int)(result.GetValue(_offset) ?? 0));
        string run = result.GetRequiredValue(_run);
        bool lockstep = result.GetValue(_lockstep);
        using var emulated = new EmulatedRobot(
            robot, result.GetValue(_payload) ?? 0.0, layout, run, result.GetRequiredValue(_root), Processor(result), lockstep);
        using var socket = new EmulatorSocket(emulated);
        string option = result.GetResult(_run) is { Implicit: false } ? $" --run {run}" : "";
        _terminal.Output.WriteLine($"{robot.Arm.Name} answers at {string.Join(", ", emulated.Links.Links)} until Ctrl-C. From another terminal:");
        _terminal.Output.WriteLine($"  i2cdetect -y {layout.I2c.AsSpan("i2c-".Length)}");
        _terminal.Output.WriteLine($"  liquidcontrol hil exec{option} -- PROGRAM   runs a program that requests GPIO lines");
        _terminal.Output.WriteLine($"  liquidcontrol hil status{option}            shows arm and buses");
        _terminal.Output.WriteLine($"  liquidcontrol hil fault{option} nak 0x40    breaks something");
        if (lockstep) _terminal.Output.WriteLine($"  liquidcontrol hil step{option} --ms 10      lets time pass; else it does at each edge of the heartbeat");
        _terminal.Output.Flush();
        WaitForTheEnd(cancellation);
        _terminal.Output.WriteLine("The nodes are gone.");
        return ExitCode.Ok;
    }

    /// <summary>With one processor there is nothing to choose.</summary>
    private int? Processor(ParseResult result) =>
        Environment.ProcessorCount < 2 ? null : (int)(result.GetValue(_processor) ?? Environment.ProcessorCount - 1);

    /// <summary>Ctrl-C, or whatever else asks a program to end: the nodes shall not outlive it.</summary>
    private static void WaitForTheEnd(CancellationToken cancellation)
    {
        using var ended = new ManualResetEventSlim();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Set();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var stop = cancellation.Register(ended.Set);
        ended.Wait(CancellationToken.None);
    }
}
