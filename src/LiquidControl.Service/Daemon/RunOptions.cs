using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Hosting;
using LiquidControl.Hosting.Machine;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Daemon;

/// <summary>What `liquidcontrold run` is asked to do.</summary>
internal sealed record RunOptions
{
    public const string Usage =
        """
        Usage: liquidcontrold run [options]        drives the arm until SIGTERM; commands come in over a Unix socket

          --robot NAME         a robot's name, or the path of its robot.toml [ar4-dc]
          --controller NAME    the law in the cycle [liquid]
          --dev FOLDER         of the device nodes [/dev]
          --emulated           the arm itself is emulated in this process, and waits for a loop that is late
          --lockstep           time is a period a cycle; the arm is that of `liquidcontrol hil up --lockstep`, and waits too
          --socket PATH        for commands, a line each; owner and group may connect [/run/liquidcontrol/control]
          --ring PATH          every cycle of the last seconds, in shared memory [/dev/shm/liquidcontrol]
          --cpu N              the processor to run on [the last one]
          --priority P         of SCHED_FIFO, 1 to 99 [80]
          --best-effort        run even on a machine that does not keep the rate (`liquidcontrol doctor` says why)

        """;

    private static readonly string[] Options = ["--robot", "--controller", "--dev", "--socket", "--ring", "--cpu", "--priority"];
    private static readonly string[] Flags = ["--emulated", "--lockstep", "--best-effort"];

    public required string Robot { get; init; }

    public required ControllerKind Controller { get; init; }

    /// <summary>Folder of the device nodes; null for /dev.</summary>
    public required string? Devices { get; init; }

    public required bool Emulated { get; init; }

    /// <summary>Whether the emulated arm behind the nodes waits for the loop, as the loop's clock does for it.</summary>
    public required bool Lockstep { get; init; }

    public required string Socket { get; init; }

    public required string Ring { get; init; }

    public required int Processor { get; init; }

    public required int Priority { get; init; }

    public required bool BestEffort { get; init; }

    /// <exception cref="ArgumentErrorException">A word that cannot be used.</exception>
    public static RunOptions Parse(string[] words)
    {
        Arguments arguments = new(words, Options, Flags);
        bool lockstep = arguments.Has("--lockstep");
        if (lockstep && arguments.Has("--emulated"))
            throw new ArgumentErrorException("--lockstep: found it with --emulated, whose arm waits for the loop anyhow, expected one of them.");
        return new()
        {
            Robot = arguments.Text("--robot") ?? "ar4-dc",
            Controller = arguments.Controller("--controller"),
            Devices = arguments.Text("--dev"),
            Emulated = arguments.Has("--emulated"),
            Lockstep = lockstep,
            Socket = arguments.Text("--socket") ?? DaemonPaths.Socket,
            Ring = arguments.Text("--ring") ?? DaemonPaths.Ring,
            Processor = arguments.Whole("--cpu", usual: Environment.ProcessorCount - 1, min: 0, max: 1023),
            Priority = arguments.Whole("--priority", SchedulingRequest.UsualPriority, min: 1, max: 99),

            // Nothing waits for a punctual loop there.
            BestEffort = lockstep || arguments.Has("--best-effort"),
        };
    }

    /// <summary>The board's nodes for a robot, in a folder of one's choice.</summary>
    public static DcArmNodes NodesIn(string? folder, RobotConfiguration robot)
    {
        var usual = MachineDemand.Of(robot).NodesOn(MachineRoot.Here);
        if (folder is null) return usual;
        string In(string node) => Path.Combine(folder, Path.GetFileName(node));
        return new() { I2c = In(usual.I2c), EncoderSpi = In(usual.EncoderSpi), CurrentSpi = In(usual.CurrentSpi), GpioChip = In(usual.GpioChip) };
    }
}
