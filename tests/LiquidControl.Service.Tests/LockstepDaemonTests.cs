using System.Globalization;
using LiquidControl.Devices.Buses;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using LiquidControl.Robotics;
using LiquidControl.Service.Daemon;
using LiquidControl.Simulation.Nodes;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>The daemon on emulated nodes whose arm waits for it.</summary>
public sealed class LockstepDaemonTests : IDisposable
{
    private const long MillisecondNs = 1_000_000;

    private static readonly string[] Lockstep = ["--lockstep"];

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-lockstep-").FullName;
    private readonly RobotConfiguration _robot = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc"));

    private double[] Goal => _robot.Arm.Poses["place"];

    private string Devices => Path.Combine(_folder, "dev");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_daemon_that_is_stopped_in_a_move_and_goes_on_reaches_its_goal()
    {
        using EmulatedRobot emulated = NewRobot(lockstep: true);
        using RunningDaemon daemon = Start(emulated);
        using var mover = daemon.Connect();
        MoveHalfWay(mover, emulated);

        ProcessSignal.SendFreeze(daemon.Id);
        Assert.True(SpinWait.SpinUntil(() => IsStopped(daemon.Id), TimeSpan.FromSeconds(10)), "the daemon was not stopped");
        EmulatedArmState before = emulated.Arm.State;
        Assert.Contains(before.Velocity, velocity => Math.Abs(velocity) > 0.1);
        Thread.Sleep(250);
        EmulatedArmState after = emulated.Arm.State;
        Assert.Equal((before.NowNs, before.BridgesEnabled), (after.NowNs, after.BridgesEnabled));
        Assert.Equal(before.Position, after.Position);
        Assert.Equal(before.Velocity, after.Velocity);
        ProcessSignal.SendThaw(daemon.Id);

        Await(mover, () => mover.Status("phase") == "Hold");
        long arrived = emulated.Arm.State.NowNs;
        Await(mover, () => emulated.Arm.State.NowNs - arrived > 300 * MillisecondNs);
        Assert.Equal(("Active", "None"), (mover.Status("state"), mover.Status("faults")));
        Assert.True(int.Parse(mover.Status("skipped"), CultureInfo.InvariantCulture) >= 100, mover.Ask("status"));
        Assert.InRange(Distance(emulated.Arm), 0.0, 0.001);
    }

    [Fact]
    public void An_arm_without_power_falls_in_the_daemons_time_and_is_activated_again_when_it_hangs_still()
    {
        using EmulatedRobot emulated = NewRobot(lockstep: true);
        using RunningDaemon daemon = Start(emulated);
        using var mover = daemon.Connect();
        MoveHalfWay(mover, emulated);
        Assert.Equal("ok", mover.Ask("deactivate"));
        EmulatedArmState before = emulated.Arm.State;
        Await(mover, () => emulated.Arm.State.NowNs - before.NowNs > 200 * MillisecondNs);
        EmulatedArmState after = emulated.Arm.State;
        Assert.False(after.BridgesEnabled);
        Assert.True(Math.Abs(after.Position[1] - before.Position[1]) > 0.05, $"joint 2 fell by {after.Position[1] - before.Position[1]:F4} rad");
        mover.ActivateAtRest();
        Assert.Equal("Active", mover.Status("state"));
    }

    [Fact]
    public void An_emulator_in_real_time_is_refused_before_its_lines_are_touched()
    {
        using EmulatedRobot emulated = NewRobot(lockstep: false);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Start(emulated));
        Assert.Contains("--lockstep: found the nodes of an emulator in real time", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("hil up --lockstep", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_arm_is_refused()
    {
        var refusal = Assert.Throws<ArgumentErrorException>(() => DeviceArmSide.RequireLockstep("/dev/gpiochip0", "pinctrl-bcm2711"));
        Assert.Contains("--lockstep: found a real GPIO chip (/dev/gpiochip0, pinctrl-bcm2711)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a real arm does not wait for its loop", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentErrorException>(() => DeviceArmSide.RequireLockstep("/dev/gpiochip0", GpioChipLabel.Emulated));
        DeviceArmSide.RequireLockstep("/dev/gpiochip0", GpioChipLabel.EmulatedInLockstep);
    }

    [Fact]
    public void One_arm_that_waits_is_enough()
    {
        var refusal = Assert.Throws<ArgumentErrorException>(() => RunOptions.Parse(["--lockstep", "--emulated"]));
        Assert.Contains("--lockstep: found it with --emulated", refusal.Message, StringComparison.Ordinal);
        Assert.True(RunOptions.Parse(Lockstep).BestEffort);
    }

    /// <summary>Where device nodes cannot be made the test is skipped; it fails where tools are demanded.</summary>
    private EmulatedRobot NewRobot(bool lockstep)
    {
        bool possible = File.Exists("/dev/fuse") && Environment.IsPrivilegedProcess;
        const string Needs = "needs root and /dev/fuse (modprobe fuse) for emulated device nodes";
        Assert.SkipUnless(possible || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", Needs);
        Assert.True(possible, Needs);
        Directory.CreateDirectory(Devices);
        return new(_robot, payload: 0.0, new NodeLayout(), Path.Combine(_folder, "run"), Devices, lockstep: lockstep);
    }

    /// <summary>As `hil exec` would: a thread's filter goes over to what it starts.</summary>
    private RunningDaemon Start(EmulatedRobot emulated)
    {
        RunningDaemon? daemon = null;
        Exception? error = null;
        Thread thread = new(() =>
        {
            try
            {
                emulated.Nodes.Listen(LineRequestFilter.Install());
                daemon = new(_folder, arm: ["--dev", Devices, .. Lockstep]);
            }
            catch (Exception e)
            {
                error = e;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? daemon! : throw error;
    }

    /// <summary>Whether each of its threads is: one that waits for an answer of a node stops after it.</summary>
    private static bool IsStopped(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .All(task => File.ReadAllText(Path.Combine(task, "stat")).Split(')')[^1].StartsWith(" T ", StringComparison.Ordinal));

    /// <summary>Activates it and sends it on its way; in the middle of it this returns.</summary>
    private void MoveHalfWay(RunningDaemon.Connection mover, EmulatedRobot emulated)
    {
        Assert.Equal("ok", mover.Ask("activate"));
        Assert.Equal("ok", mover.Ask("take"));
        double far = Distance(emulated.Arm);
        Assert.Equal("ok", mover.Ask("goal " + string.Join(' ', Goal.Select(angle => angle.ToString("R", CultureInfo.InvariantCulture)))));
        Await(mover, () => Distance(emulated.Arm) < far / 2);
    }

    /// <summary>Of the tool from the goal, m.</summary>
    private double Distance(EmulatedArm arm)
    {
        RigidBodyModel model = _robot.Arm.Model;
        double[] tool = arm.State.Tool;
        return (new Vector3(tool[0], tool[1], tool[2]) - ForwardKinematics.Tool(model, new(model), Goal).Translation).Norm;
    }

    /// <summary>Renews the lease meanwhile.</summary>
    private static void Await(RunningDaemon.Connection mover, Func<bool> condition)
    {
        for (int i = 0; i < 6000; i++)
        {
            Assert.Equal("ok", mover.Ask("renew"));
            if (condition()) return;
            Thread.Sleep(5);
        }

        Assert.Fail($"it did not come to pass within 30 s: {mover.Ask("status")}");
    }
}
