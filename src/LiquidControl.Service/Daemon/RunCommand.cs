using LiquidControl.Hosting;
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

    public static int Run(string[] words, TextWriter output)
    {
        var options = RunOptions.Parse(words);
        if (!options.Emulated)
            throw new ArgumentErrorException("found no --emulated, expected it: this build cannot reach an arm on real buses yet.");
        var robot = RobotConfiguration.Load(RobotCatalog.Find(options.Robot));
        using var manager = ServiceManager.FromEnvironment();
        using var listener = CommandListener.Open(options.Socket);
        var latch = Latch.Inspect(options.Ring);
        EmulatedArmSide side = new(robot, options.Controller);
        using CyclePublisher publisher = new(options.Ring, robot.Arm);
        Rehearsal.Run(robot, options.Controller, publisher);
        side.Cycle.Configure();

        LoopDesk desk = new();
        LoopStatus status = new();
        using ShutdownWish shutdown = new();
        using CommandServer server = new(listener, side, desk, status, latch);
        PeriodicLoop loop = new(
            new ControlBody(side, desk, status, shutdown, latch, publisher), PeriodicSchedule.After(MonotonicClock.NowNs, publisher.PeriodNs));
        using var latency = CpuLatencyRequest.Hold();
        var rights = ProcessRights.Current();
        Grant memory = MemoryLock.LockAll(rights);

        // What the preparation left is collected now, not in the middle.
        GC.Collect();
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

        if (latch.Cause is { } cause) output.WriteLine($"{cause} Activate is refused until it is cleared.");
        output.WriteLine($"{robot.Arm.Name}, {ControllerNames.Of(options.Controller)}, {robot.Arm.Rate:F0} Hz: Inactive, commands at {options.Socket}, cycles at {options.Ring}.");
        manager.Ready($"{robot.Arm.Name}: Inactive");
        Serve(server, new Heartbeat(manager, loop, status), thread);
        manager.Stopping();
        thread.Join();
        return 0;
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
