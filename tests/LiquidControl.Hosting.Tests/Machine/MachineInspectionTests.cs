using LiquidControl.Hosting.Machine;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Hosting.Tests.Machine;

/// <summary>Whole machines: a good one, a bad one, an empty one, and one whose files hold noise.</summary>
public sealed class MachineInspectionTests
{
    [Fact]
    public void A_pi_5_with_a_real_time_kernel_keeps_its_promise()
    {
        using var machine = FakeMachine.Pi5();
        var report = MachineInspection.Inspect(machine.Root, FakeMachine.Demand);

        Assert.All(report.Findings, finding => Assert.True(finding.Result == CheckResult.Ok, $"{finding}"));
        Assert.Equal("This machine can keep 500 Hz.", report.Verdict());
        Assert.Equal(3, report.LoopCpu);
        Assert.True(report.KeepsItsPromise);
    }

    [Fact]
    public void A_bad_machine_is_told_each_thing_and_how_to_mend_it()
    {
        using var machine = new FakeMachine();
        machine.Write("/proc/version", "Linux version 6.18 (a@b) #1 SMP PREEMPT_DYNAMIC @0\n");
        machine.Configure("CONFIG_PREEMPT_NONE=y\nCONFIG_RT_GROUP_SCHED=y\n");
        machine.Write("/proc/cmdline", "quiet\n");
        machine.Write("/etc/default/grub", "");
        machine.Write("/proc/self/cgroup", "3:cpu:/user\n");
        machine.Write("/sys/fs/cgroup/cpu/user/cpu.rt_runtime_us", "0\n");
        machine.Write("/proc/self/limits", FakeMachine.Limits("0", "65536"));
        machine.Write("/proc/self/status", "CapEff:\t0000000000000000\n");
        machine.Write("/proc/sys/kernel/sched_rt_runtime_us", "0\n");
        machine.Write("/proc/sys/kernel/sched_rt_period_us", "1000000\n");
        machine.Write("/sys/devices/system/cpu/online", "0\n");
        machine.Write("/sys/devices/system/cpu/isolated", "\n");
        machine.Write("/proc/cpuinfo", "flags\t: hypervisor\n");
        machine.Write("/proc/swaps", "Filename\n/swapfile file 1 0 -2\n");
        machine.FifoError = 1;

        var report = MachineInspection.Inspect(machine.Root, FakeMachine.Demand with { Rate = 1000 });

        string[] expected =
        [
            "kernel preemption", "real-time groups", "real-time throttling", "real-time priority", "memory locking", "cores", "virtual machine",
            "I2C nodes", "SPI nodes", "GPIO nodes", "bus budget",
        ];
        Assert.Equal(expected, report.Findings.Where(finding => finding.Result == CheckResult.Fails).Select(finding => finding.Check));
        Assert.StartsWith("This machine cannot promise 1000 Hz: kernel preemption, ", report.Verdict(), StringComparison.Ordinal);
        Assert.False(report.KeepsItsPromise);
        Assert.All(report.Findings.Where(finding => finding.Result >= CheckResult.Undetermined), finding => Assert.False(string.IsNullOrEmpty(finding.Fix)));
    }

    [Fact]
    public void An_empty_machine_leaves_questions_open_and_nothing_throws()
    {
        using var machine = new FakeMachine { Free = null, Resolution = null, Synchronised = null, Libc = null };
        var report = MachineInspection.Inspect(machine.Root, FakeMachine.Demand);

        Assert.Equal("unknown", report.Board);
        Assert.Null(report.LoopCpu);
        Assert.True(report.Count(CheckResult.Undetermined) >= 18, report.Verdict());
        Assert.All(report.Findings, finding => Assert.NotEqual("", finding.Found));
    }

    [Fact]
    public void Noise_in_every_file_throws_nothing()
    {
        var random = new RandomStream(20261129);
        for (int round = 0; round < 10; round++)
        {
            using var machine = FakeMachine.Pi5();
            foreach (string file in machine.Files().ToArray())
            {
                byte[] noise = new byte[random.NextUInt64() % 64];
                for (int i = 0; i < noise.Length; i++) noise[i] = (byte)random.NextUInt64();
                machine.Write(file, noise);
            }

            var report = MachineInspection.Inspect(machine.Root, FakeMachine.Demand);
            Assert.Equal(MachineInspection.Checks.Count, report.Findings.Count);
            Assert.All(report.Findings, finding => Assert.DoesNotContain(finding.Found, char.IsControl));
        }
    }

    [Fact]
    public void A_robot_of_ideal_torque_sources_needs_no_bus()
    {
        using var machine = FakeMachine.Pi5();
        machine.Remove("/dev/i2c-1");
        var report = MachineInspection.Inspect(machine.Root, FakeMachine.Demand with { Wiring = null });
        Assert.True(report.KeepsItsPromise);
        Assert.Equal(5, report.Count(CheckResult.NotHere));
    }

    [Fact]
    public void The_names_of_the_checks_are_distinct() =>
        Assert.Equal(MachineInspection.Checks.Count, MachineInspection.Checks.Select(check => check.Name).Distinct().Count());

    /// <summary>The machine these tests run on, through the real calls: every check answers, and those that can be told are.</summary>
    [Fact]
    public void This_machine_answers_every_check()
    {
        var report = MachineInspection.Inspect(MachineRoot.Here, FakeMachine.Demand);
        Assert.Equal(MachineInspection.Checks.Count, report.Findings.Count);
        Assert.All(
            ["real-time priority", "memory locking", "cores", "swap", "clock", "disk space", "time of day"],
            check => Assert.NotEqual(CheckResult.Undetermined, report.Findings.Single(finding => finding.Check == check).Result));
    }
}
