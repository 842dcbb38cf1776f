using LiquidControl.Hosting;
using LiquidControl.Hosting.Machine;
using LiquidControl.Realtime;
using LiquidControl.Service.Linux;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// `liquidcontrold run`: takes all memory, configures the arm, then runs two threads: the loop, and the one that hears commands and tells
/// systemd how the loop is. Neither allocates.
/// </summary>
internal static class RunCommand
{
    private const int Refused = 1;

    /// <summary>Of the thread that hears commands.</summary>
    private const int CommandPriority = 1;

    public static int Run(string[] words, TextWriter output)
    {
        var options = RunOptions.Parse(words);
        var robot = RobotConfiguration.Load(RobotCatalog.Find(options.Robot));
        if (!Preflight(options, robot, output))
            return Refused;
        // Undone last: a signal that comes as the daemon ends must not keep it from tidying up.
        using ShutdownWish shutdown = new();
        using var manager = ServiceManager.FromEnvironment();
        using var listener = CommandListener.Open(options.Socket);
        var latch = Latch.Inspect(options.Ring);
        using DeviceArmSide? devices = options.Emulated ? null : new(robot, options.Controller, RunOptions.NodesIn(options.Devices, robot), options.Lockstep);
        IArmSide side = devices is null ? new EmulatedArmSide(robot, options.Controller) : devices;
        var origin = RecordedController.OriginOf(
            robot, options.Controller, side.Believed, robot.Arm.Rate, ProgramName.Of(typeof(RunCommand).Assembly));
        using CyclePublisher publisher = new(options.Ring, robot.Arm, origin);
        Rehearsal.Run(robot, options.Controller, publisher);
        side.Cycle.Configure();

        LoopDesk desk = new();
        LoopStatus status = new();
        using CommandServer server = new(listener, side, desk, status, latch);
        PeriodicLoop loop = new(
            new ControlBody(side, desk, status, shutdown, publisher), PeriodicSchedule.After(MonotonicClock.NowNs, publisher.PeriodNs));
        using var latency = CpuLatencyRequest.Hold();
        var rights = ProcessRights.Current();

        // What the preparation left is collected now, not in the middle, and given back before what remains is locked.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        Grant memory = MemoryLock.LockAll(rights);
        SchedulingRequest scheduling = new(SchedulingPolicy.Fifo, options.Priority);
        var thread = RealtimeThread.Start("control loop", new(scheduling, options.Processor), rights, () => loop.Run());
        Grant[] grants = [memory, .. thread.Grants];
        foreach (var grant in grants.Append(latency.Grant)) output.WriteLine(grant);
        if (!options.BestEffort && grants.Any(grant => !grant.IsGranted))
        {
            loop.Stop();
            thread.Join();
            output.WriteLine("error: this machine does not keep the loop's promise (above). Mend it, or say --best-effort.");
            return Refused;
        }

        if (options.Lockstep) output.WriteLine("In lockstep: a period a cycle, however late this machine is.");
        if (latch.Cause is { } cause) output.WriteLine($"{cause} Activate is refused until it is cleared.");
        output.WriteLine($"{robot.Arm.Name}, {ControllerNames.Of(options.Controller)}, {robot.Arm.Rate:F0} Hz: Inactive, commands at {options.Socket}, cycles at {options.Ring}.");
        // Leases and stops must get through on a busy machine too: before what is not urgent, after every loop. A refusal was said above.
        ThreadScheduling.Apply(new(SchedulingPolicy.Fifo, CommandPriority), rights);
        manager.Ready($"{robot.Arm.Name}: Inactive");
        Serve(server, new Heartbeat(manager, loop, status), thread);
        manager.Stopping();
        thread.Join();
        return 0;
    }

    /// <summary>Says what keeps this machine from the rate, and how to mend it. False: it is not to run here.</summary>
    private static bool Preflight(RunOptions options, RobotConfiguration robot, TextWriter output)
    {
        if (options.Emulated || options.Lockstep)
            return true;
        var demand = MachineDemand.Of(robot) with
        {
            Priority = options.Priority,
            Cpu = options.Processor,
            Nodes = RunOptions.NodesIn(options.Devices, robot),
        };
        var report = MachineInspection.Inspect(MachineRoot.Here, demand);
        foreach (var finding in report.Findings.Where(finding => finding.Result == CheckResult.Fails))
            output.WriteLine($"{finding.Check}: found {finding.Found}, expected {finding.Expected}. fix: {finding.Fix}");
        output.WriteLine(report.Verdict());
        if (report.KeepsItsPromise || options.BestEffort)
            return true;
        output.WriteLine("error: real-time work is refused on this machine (above). Mend it, or say --best-effort.");
        return false;
    }

    private static void Serve(CommandServer server, Heartbeat heartbeat, RealtimeThread thread)
    {
        while (thread.IsRunning)
        {
            server.Turn();
            heartbeat.Beat();
        }
    }
}
