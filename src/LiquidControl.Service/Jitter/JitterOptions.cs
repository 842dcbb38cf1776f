using LiquidControl.Control;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Jitter;

/// <summary>What `liquidcontrold jitter` is asked to do.</summary>
internal sealed record JitterOptions
{
    public const string Usage =
        """
        Usage: liquidcontrold jitter [options]     runs the loop over emulated electronics and says in JSON how it kept its time

          --seconds S          measured, after a warm-up [1]
          --rate HZ            of the loop, 10 to 20000 [1000]
          --robot NAME         a robot's name, or the path of its robot.toml [ar4-dc]
          --controller NAME    the law in the cycle [liquid]
          --bus-faults         a fault on the buses in every hundredth cycle
          --cpu N              the processor to run on [the last one]
          --priority P         of SCHED_FIFO, 1 to 99 [80]
          --policy WORD        fifo, deadline or other [fifo]
          --ring PATH          a shared-memory ring for every cycle's times
          --timings FILE       every cycle's times afterwards: four 64-bit numbers each, ns: deadline, wake and finish lateness; periods skipped
          --wait-for-start     says 'ready' and reads the time of the first cycle (CLOCK_MONOTONIC, ns) from standard input

        `liquidcontrol bench jitter` runs this beside a C reference and judges it.
        """;

    private static readonly string[] Options =
        ["--seconds", "--rate", "--robot", "--controller", "--cpu", "--priority", "--policy", "--ring", "--timings"];

    private static readonly string[] Flags = ["--bus-faults", "--wait-for-start"];

    private static readonly string[] Policies = ["fifo", "deadline", "other"];

    public required double Seconds { get; init; }

    public required int Rate { get; init; }

    public required string Robot { get; init; }

    public required ControllerKind Controller { get; init; }

    public required bool BusFaults { get; init; }

    public required int Processor { get; init; }

    public required int Priority { get; init; }

    public required SchedulingPolicy Policy { get; init; }

    public required string? Ring { get; init; }

    public required string? Timings { get; init; }

    public required bool WaitForStart { get; init; }

    public long PeriodNs => 1_000_000_000L / Rate;

    /// <summary>Cycles measured unless some are skipped.</summary>
    public int Cycles => (int)(Seconds * Rate);

    /// <exception cref="ArgumentErrorException">A word that cannot be used.</exception>
    public static JitterOptions Parse(string[] words)
    {
        Arguments arguments = new(words, Options, Flags);
        string policy = arguments.Text("--policy") ?? Policies[0];
        return new()
        {
            Seconds = arguments.Number("--seconds", usual: 1, min: 0.01, max: 3600),
            Rate = arguments.Whole("--rate", usual: 1000, min: 10, max: 20_000),
            Robot = arguments.Text("--robot") ?? "ar4-dc",
            Controller = arguments.Controller("--controller"),
            BusFaults = arguments.Has("--bus-faults"),
            Processor = arguments.Whole("--cpu", usual: Environment.ProcessorCount - 1, min: 0, max: 1023),
            Priority = arguments.Whole("--priority", SchedulingRequest.UsualPriority, min: 1, max: 99),
            Policy = policy switch
            {
                "fifo" => SchedulingPolicy.Fifo,
                "deadline" => SchedulingPolicy.Deadline,
                "other" => SchedulingPolicy.Other,
                _ => throw new ArgumentErrorException($"--policy: found '{policy}', expected one of {string.Join(", ", Policies)}."),
            },
            Ring = arguments.Text("--ring"),
            Timings = arguments.Text("--timings"),
            WaitForStart = arguments.Has("--wait-for-start"),
        };
    }
}
