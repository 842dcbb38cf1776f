using LiquidControl.Devices;
using LiquidControl.Hosting.Machine;
using Xunit;

namespace LiquidControl.Hosting.Tests.Machine;

/// <summary>Each check on a machine with one thing different from a good Raspberry Pi 5.</summary>
public sealed class MachineCheckTests : IDisposable
{
    private const string Cpus = "/sys/devices/system/cpu";
    private const string Version = "/proc/version";
    private const string Dynamic = "Linux version 6.18 (a@b) #1 SMP PREEMPT_DYNAMIC @0\n";

    private readonly FakeMachine _machine = FakeMachine.Pi5();

    /// <summary>Check, file, its content (null: removed), what the check must say, a word of what it found.</summary>
    public static TheoryData<string, string, string?, CheckResult, string> OneFile => new()
    {
        { "real-time groups", "/proc/sys/kernel/sched_rt_runtime_us", "-1", CheckResult.Ok, "-1" },
        { "real-time groups", "/proc/config.gz", null, CheckResult.Undetermined, "config.gz" },
        { "real-time groups", "/proc/config.gz", "no gzip", CheckResult.Undetermined, "config.gz" },
        { "real-time throttling", "/proc/sys/kernel/sched_rt_runtime_us", "-1", CheckResult.Ok, "never" },
        { "real-time throttling", "/proc/sys/kernel/sched_rt_runtime_us", "500000", CheckResult.Warning, "500000" },
        { "real-time throttling", "/proc/sys/kernel/sched_rt_runtime_us", "0", CheckResult.Fails, "no time" },
        { "real-time throttling", "/proc/sys/kernel/sched_rt_runtime_us", "many", CheckResult.Undetermined, "many" },
        { "real-time throttling", "/proc/sys/kernel/sched_rt_period_us", null, CheckResult.Undetermined, "period" },
        { "real-time priority", "/proc/self/limits", null, CheckResult.Undetermined, "limits" },
        { "real-time priority", "/proc/self/limits", "Max realtime priority     high", CheckResult.Undetermined, "limits" },
        { "memory locking", "/proc/self/limits", "Max locked memory", CheckResult.Undetermined, "limits" },
        { "cores", Cpus + "/online", "0", CheckResult.Fails, "starve" },
        { "cores", Cpus + "/online", "0-1", CheckResult.Warning, "2" },
        { "cores", Cpus + "/online", "0-2,7", CheckResult.Ok, "4" },
        { "cores", Cpus + "/online", "3-0", CheckResult.Undetermined, "3-0" },
        { "cores", Cpus + "/online", null, CheckResult.Undetermined, "online" },
        { "isolated core", Cpus + "/isolated", "", CheckResult.Warning, "none" },
        { "isolated core", Cpus + "/isolated", "a-b", CheckResult.Undetermined, "a-b" },
        { "isolated core", Cpus + "/isolated", null, CheckResult.Undetermined, "isolated" },
        { "tickless core", Cpus + "/nohz_full", "(null)", CheckResult.Warning, "none" },
        { "tickless core", Cpus + "/nohz_full", "1-2", CheckResult.Warning, "3" },
        { "tickless core", Cpus + "/nohz_full", "1;2", CheckResult.Undetermined, "1;2" },
        { "tickless core", Cpus + "/nohz_full", null, CheckResult.Undetermined, "nohz_full" },
        { "kernel callbacks", "/proc/cmdline", "rcu_nocbs=0-2", CheckResult.Ok, "nohz_full" },
        { "kernel callbacks", "/proc/cmdline", "rcu_nocbs=?", CheckResult.Undetermined, "rcu_nocbs=?" },
        { "kernel callbacks", "/proc/cmdline", null, CheckResult.Undetermined, "cmdline" },
        { "interrupts", "/proc/irq/18/effective_affinity_list", "0-3", CheckResult.Warning, "18 (mmc0)" },
        { "interrupts", "/proc/1234/comm", "irqbalance\n", CheckResult.Warning, "irqbalance" },
        { "interrupts", "/proc/interrupts", "?", CheckResult.Undetermined, "?" },
        { "interrupts", "/proc/interrupts", null, CheckResult.Undetermined, "interrupts" },
        { "clock governor", Cpus + "/cpu3/cpufreq/scaling_governor", "ondemand", CheckResult.Warning, "ondemand" },
        { "clock governor", Cpus + "/cpu3/cpufreq/scaling_governor", "\u001b[2J", CheckResult.Undetermined, "[2J" },
        { "clock governor", Cpus + "/cpu3/cpufreq", null, CheckResult.NotHere, "cannot change" },
        { "clock governor", Cpus + "/cpu3/cpufreq/scaling_governor", null, CheckResult.NotHere, "cannot change" },
        { "idle states", Cpus + "/cpu3/cpuidle/state2/latency", "133", CheckResult.Ok, "133" },
        { "idle states", Cpus + "/cpu3/cpuidle/state2/latency", "deep", CheckResult.Undetermined, "deep" },
        { "swap", "/proc/swaps", "Filename Type\n/var/swap file 1 0 -2\n", CheckResult.Warning, "/var/swap" },
        { "swap", "/proc/swaps", "nonsense", CheckResult.Undetermined, "nonsense" },
        { "swap", "/proc/swaps", null, CheckResult.Undetermined, "swaps" },
        { "huge pages", "/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never", CheckResult.Warning, "always" },
        { "huge pages", "/sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]", CheckResult.Ok, "never" },
        { "huge pages", "/sys/kernel/mm/transparent_hugepage/enabled", "yes", CheckResult.Undetermined, "yes" },
        { "huge pages", "/sys/kernel/mm/transparent_hugepage/enabled", null, CheckResult.NotHere, "none" },
        { "virtual machine", "/proc/cpuinfo", "flags\t\t: fpu hypervisor lahf_lm\n", CheckResult.Fails, "hypervisor" },
        { "virtual machine", "/sys/hypervisor/type", "xen", CheckResult.Fails, "xen" },
        { "virtual machine", "/proc/device-tree/hypervisor/compatible", "linux,kvm", CheckResult.Fails, "device tree" },
        { "virtual machine", "/proc/cpuinfo", null, CheckResult.Undetermined, "cpuinfo" },
        { "clock", "/sys/devices/system/clocksource/clocksource0/current_clocksource", "jiffies", CheckResult.Warning, "slow" },
        { "clock", "/sys/devices/system/clocksource/clocksource0/current_clocksource", "kvm-clock", CheckResult.Warning, "host" },
        { "clock", "/sys/devices/system/clocksource/clocksource0/current_clocksource", "sundial", CheckResult.Undetermined, "sundial" },
        { "clock", "/sys/devices/system/clocksource/clocksource0/current_clocksource", null, CheckResult.Undetermined, "clocksource" },
        { "power and heat", "/proc/device-tree/model", "NVIDIA Jetson Orin Nano", CheckResult.NotHere, "no Raspberry Pi" },
        { "power and heat", "/sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "0x1", CheckResult.Fails, "undervoltage" },
        { "power and heat", "/sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "50000", CheckResult.Warning, "undervoltage, throttled" },
        { "power and heat", "/sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "hot", CheckResult.Undetermined, "does not tell" },
        { "core clock", "/proc/device-tree/model", "Raspberry Pi 4 Model B", CheckResult.Warning, "not pinned" },
        { "I2C nodes", "/dev/i2c-1", null, CheckResult.Fails, "/dev/i2c-1 missing" },
        { "SPI nodes", "/dev/spidev1.0", null, CheckResult.Fails, "/dev/spidev1.0 missing" },
        { "GPIO nodes", "/dev/gpiochip0", null, CheckResult.Fails, "/dev/gpiochip0 missing" },
        { "I2C nodes", "/proc/device-tree/model", "NVIDIA Jetson Orin Nano Developer Kit\0", CheckResult.Fails, "/dev/i2c-7 missing" },
        { "I2C clock", "/sys/class/i2c-adapter/i2c-1/of_node/clock-frequency", "\0\u0001\0", CheckResult.Undetermined, "clock-frequency" },
        { "I2C clock", "/sys/class/i2c-adapter/i2c-1/of_node/clock-frequency", "\0\0\0\u0001", CheckResult.Undetermined, "clock-frequency" },
        { "I2C clock", "/sys/class/i2c-adapter/i2c-1/of_node/clock-frequency", null, CheckResult.Undetermined, "clock-frequency" },
        { "daemon", "/usr/bin/liquidcontrold", null, CheckResult.Warning, "no /usr/bin/liquidcontrold" },
        { "daemon", "/usr/bin/liquidcontrold", "#!/bin/sh", CheckResult.Undetermined, "liquidcontrold" },
        { "service", "/etc/systemd/system/liquidcontrold.service", null, CheckResult.Warning, "not installed" },
        { "service", "/etc/systemd/system/multi-user.target.wants/liquidcontrold.service", null, CheckResult.Warning, "not enabled" },
        { "service", "/run/systemd/system", null, CheckResult.Warning, "no systemd" },
    };

    [Theory]
    [MemberData(nameof(OneFile))]
    public void One_file_decides(string check, string path, string? content, CheckResult result, string found)
    {
        if (content is null) _machine.Remove(path);
        else _machine.Write(path, content);
        if (path.EndsWith("scaling_governor", StringComparison.Ordinal) && content is null) _machine.Remove(Cpus + "/cpu3/cpufreq");

        var finding = _machine.Find(check);

        Assert.Equal(result, finding.Result);
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Found, char.IsControl);
        Assert.Equal(result is CheckResult.Ok or CheckResult.NotHere, finding.Fix is null);
    }

    [Theory]
    [InlineData("none (full) lazy", "", "", CheckResult.Warning, "full")]
    [InlineData("(none) voluntary full", "preempt=full", "CONFIG_PREEMPT=y\n", CheckResult.Fails, "none")]
    [InlineData(null, "quiet preempt=full", "CONFIG_PREEMPT_NONE=y\n", CheckResult.Warning, "command line")]
    [InlineData(null, "quiet", "CONFIG_PREEMPT_NONE=y\n", CheckResult.Fails, "default")]
    [InlineData(null, "quiet", "CONFIG_PREEMPT_VOLUNTARY=y\n", CheckResult.Fails, "voluntary")]
    [InlineData(null, "quiet", "CONFIG_PREEMPT_LAZY=y\n", CheckResult.Warning, "lazy")]
    [InlineData(null, "quiet", "CONFIG_SMP=y\n", CheckResult.Undetermined, "preempt")]
    [InlineData("garbled", "quiet", "CONFIG_SMP=y\n", CheckResult.Undetermined, "preempt")]
    public void A_dynamic_kernel_preempts_as_it_was_told_last(string? mode, string options, string configuration, CheckResult result, string found)
    {
        _machine.Remove("/sys/kernel/realtime");
        _machine.Write(Version, Dynamic);
        _machine.Write("/proc/cmdline", options);
        _machine.Configure(configuration);
        if (mode is not null) _machine.Write("/sys/kernel/debug/sched/preempt", mode);

        var finding = _machine.Find("kernel preemption");

        Assert.Equal(result, finding.Result);
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        if (result == CheckResult.Fails) Assert.Contains("preempt=full", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Linux version 6.12 (a@b) #1 SMP PREEMPT_RT Debian", CheckResult.Ok)]
    [InlineData("Linux version 6.6 (a@b) #1 SMP PREEMPT Debian", CheckResult.Warning)]
    [InlineData("Linux version 5.10 (a@b) #1 SMP Debian", CheckResult.Fails)]
    [InlineData("Darwin", CheckResult.Undetermined)]
    public void Without_dynamic_preemption_the_version_tells(string version, CheckResult result)
    {
        _machine.Remove("/sys/kernel/realtime");
        _machine.Remove("/proc/config.gz");
        _machine.Write(Version, version);
        Assert.Equal(result, _machine.Find("kernel preemption").Result);
    }

    [Fact]
    public void The_configuration_is_also_found_beside_the_kernel()
    {
        _machine.Remove("/sys/kernel/realtime");
        _machine.Remove("/proc/config.gz");
        _machine.Write(Version, Dynamic);
        _machine.Write("/boot/config-6.12.25-rpt-rpi-v8-rt", "#\nCONFIG_PREEMPT_NONE=y\n");
        Assert.Equal(CheckResult.Fails, _machine.Find("kernel preemption").Result);
    }

    [Theory]
    [InlineData("3:cpu,cpuacct:/user\n0::/\n", "0", CheckResult.Fails)]
    [InlineData("3:cpu,cpuacct:/user\n0::/\n", "450000", CheckResult.Warning)]
    [InlineData("3:cpu,cpuacct:/user\n0::/\n", "much", CheckResult.Undetermined)]
    [InlineData("3:cpu:/\n0::/\n", null, CheckResult.Warning)]
    [InlineData("0::/user.slice\n", null, CheckResult.Warning)]
    public void A_control_group_without_a_budget_refuses_the_loop(string groups, string? budget, CheckResult result)
    {
        _machine.Configure("CONFIG_RT_GROUP_SCHED=y\n");
        _machine.Write("/proc/self/cgroup", groups);
        if (budget is not null) _machine.Write("/sys/fs/cgroup/cpu/user/cpu.rt_runtime_us", budget);

        Assert.Equal(result, _machine.Find("real-time groups").Result);

        _machine.Write("/proc/cmdline", "rt_group_sched=0");
        Assert.Equal(CheckResult.Ok, _machine.Find("real-time groups").Result);
    }

    [Theory]
    [InlineData("0", "0000000000000000", 0, CheckResult.Fails)]
    [InlineData("79", "0000000000000000", 0, CheckResult.Fails)]
    [InlineData("80", "0000000000000000", 0, CheckResult.Ok)]
    [InlineData("0", "0000000000800000", 0, CheckResult.Ok)]
    [InlineData("0", "000001fffeffffff", 1, CheckResult.Fails)]
    [InlineData("0", "garbled", 0, CheckResult.Fails)]
    public void Fifo_needs_the_limit_or_the_capability_and_is_tried(string limit, string capabilities, int error, CheckResult result)
    {
        _machine.Write("/proc/self/limits", FakeMachine.Limits(limit, "unlimited"));
        _machine.Write("/proc/self/status", $"CapEff:\t{capabilities}\n");
        _machine.FifoError = error;
        Assert.Equal(result, _machine.Find("real-time priority").Result);
    }

    [Theory]
    [InlineData("8388608", "0000000000000000", CheckResult.Fails)]
    [InlineData("8388608", "0000000000004000", CheckResult.Ok)]
    [InlineData("unlimited", "0000000000000000", CheckResult.Ok)]
    public void Memory_is_locked_without_limit_or_with_the_capability(string limit, string capabilities, CheckResult result)
    {
        _machine.Write("/proc/self/limits", FakeMachine.Limits("95", limit));
        _machine.Write("/proc/self/status", $"CapEff:\t{capabilities}\n");
        Assert.Equal(result, _machine.Find("memory locking").Result);
    }

    [Theory]
    [InlineData(3, 80, 1, CheckResult.Warning)]
    [InlineData(3, 79, 2, CheckResult.Ok)]
    [InlineData(3, 0, 6, CheckResult.Warning)]
    [InlineData(2, 99, 1, CheckResult.Ok)]
    [InlineData(3, 99, 0, CheckResult.Ok)]
    public void A_thread_that_would_run_first_on_the_loops_core_is_named(int cpu, int priority, int policy, CheckResult result)
    {
        _machine.Thread(4711, "pulse) audio", cpu, priority, policy);
        _machine.Write("/proc/4712/task/4712/stat", "4712 (no");
        var finding = _machine.Find("other real-time threads");
        Assert.Equal(result, finding.Result);
        Assert.Equal(result == CheckResult.Warning, finding.Found.Contains("pulse) audio", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("core_freq=500\ncore_freq_min=500\n", CheckResult.Ok)]
    [InlineData("force_turbo=1\n", CheckResult.Ok)]
    [InlineData("core_freq=500\n", CheckResult.Warning)]
    [InlineData("#core_freq=500\n#core_freq_min=500\n", CheckResult.Warning)]
    public void A_pi_4_must_pin_the_clock_that_its_buses_follow(string configuration, CheckResult result)
    {
        _machine.Write("/proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.5\0");
        _machine.Write("/boot/firmware/config.txt", configuration);
        Assert.Equal(result, _machine.Find("core clock").Result);
        _machine.Remove("/boot/firmware/config.txt");
        Assert.Equal(CheckResult.Undetermined, _machine.Find("core clock").Result);
    }

    [Theory]
    [InlineData("/dev/i2c-1", "I2C nodes", "usermod -aG i2c")]
    [InlineData("/dev/spidev0.0", "SPI nodes", "usermod -aG spi")]
    [InlineData("/dev/gpiochip0", "GPIO nodes", "usermod -aG gpio")]
    public void A_node_that_this_user_may_not_open_names_the_group(string node, string check, string fix)
    {
        _machine.Closed.Add(node);
        var finding = _machine.Find(check);
        Assert.Equal(CheckResult.Fails, finding.Result);
        Assert.Contains(fix, finding.Fix, StringComparison.Ordinal);

        // The process of the fake machine is in spi and gpio, so that joining them again is no remedy.
        Assert.Equal(check != "I2C nodes", finding.Found.Contains("although", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100_000, 500, CheckResult.Fails)]
    [InlineData(400_000, 500, CheckResult.Ok)]
    [InlineData(400_000, 600, CheckResult.Warning)]
    [InlineData(400_000, 1000, CheckResult.Fails)]
    [InlineData(1_000_000, 1000, CheckResult.Ok)]
    public void The_bus_budget_follows_clock_and_rate(int clock, double rate, CheckResult result)
    {
        byte[] bytes = BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(clock));
        _machine.Write("/sys/class/i2c-adapter/i2c-1/of_node/clock-frequency", bytes);
        Assert.Equal(result, _machine.Find("bus budget", FakeMachine.Demand with { Rate = rate }).Result);
        Assert.Equal(clock == DcArmWiring.I2cHz ? CheckResult.Ok : CheckResult.Warning, _machine.Find("I2C clock").Result);
    }

    [Fact]
    public void The_bus_budget_is_the_arithmetic_of_the_wires()
    {
        // 9 bits a byte, start and stop counted: PWM 236, IMU 156, six channels off 6 · 29, supply twice 48 and mode 39 at 2.5 µs a bit;
        // two frames of 96 bits at 10 MHz, and 6 · 24 bits at 1.35 MHz.
        const double Rest = (236 * 2500) + 19_200 + 106_666;
        var budget = BusBudget.Of(DcArmWiring.Ar4Dc, DcArmWiring.I2cHz);
        Assert.Equal(Rest + (156 * 2500) + (6 * 29 * 2500), budget.LongestNs, 2.0);
        Assert.Equal(Rest + (((2 * 156) + (2 * 48) + 39) * 250), budget.MeanNs, 2.0);
    }

    [Fact]
    public void What_only_the_system_tells_decides_too()
    {
        _machine.Resolution = 4_000_000;
        _machine.Free = 100_000_000;
        _machine.Synchronised = false;
        _machine.Libc = "2.24";
        Assert.Equal(CheckResult.Fails, _machine.Find("clock").Result);
        Assert.Equal(CheckResult.Warning, _machine.Find("disk space").Result);
        Assert.Equal(CheckResult.Warning, _machine.Find("time of day").Result);
        Assert.Equal(CheckResult.Fails, _machine.Find("daemon").Result);

        (_machine.Resolution, _machine.Free, _machine.Synchronised, _machine.Libc) = (null, null, null, null);
        Assert.All(["clock", "disk space", "time of day", "daemon"], check => Assert.Equal(CheckResult.Undetermined, _machine.Find(check).Result));
    }

    [Fact]
    public void Without_the_drivers_file_the_firmwares_program_is_asked()
    {
        _machine.Remove("/sys/devices/platform");
        Assert.Equal(CheckResult.Undetermined, _machine.Find("power and heat").Result);
        _machine.ThrottledFlags = "throttled=0x80008";
        Assert.Contains("too hot", _machine.Find("power and heat").Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_for_another_processor_is_told()
    {
        _machine.Write("/usr/bin/liquidcontrold", FakeMachine.Elf(40));
        Assert.Equal(CheckResult.Fails, _machine.Find("daemon").Result);
    }

    [Fact]
    public void Deep_idle_states_matter_where_nobody_may_forbid_them()
    {
        _machine.Write(Cpus + "/cpu3/cpuidle/state2/latency", "133");
        _machine.Closed.Add("/dev/cpu_dma_latency");
        Assert.Equal(CheckResult.Warning, _machine.Find("idle states").Result);
        _machine.Write(Cpus + "/cpu3/cpuidle/state2/disable", "1");
        Assert.Equal(CheckResult.Ok, _machine.Find("idle states").Result);
    }

    public void Dispose() => _machine.Dispose();
}
