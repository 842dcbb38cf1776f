using System.Globalization;
using System.IO.Compression;
using System.Text;
using LiquidControl.Hosting.Machine;

namespace LiquidControl.Hosting.Tests.Machine;

/// <summary>A folder in the place of / and answers in the place of the system's; removed on Dispose.</summary>
internal sealed class FakeMachine : IMachineCalls, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public FakeMachine() => Root = new(_folder, this);

    public MachineRoot Root { get; }

    public int FifoError { get; set; }

    /// <summary>Paths that this user may not open.</summary>
    public HashSet<string> Closed { get; } = [];

    public long? Free { get; set; } = 20_000_000_000;

    public long? Resolution { get; set; } = 1;

    public bool? Synchronised { get; set; } = true;

    public string? Libc { get; set; } = "2.41";

    public string? ThrottledFlags { get; set; }

    /// <summary>A Raspberry Pi 5 with PREEMPT_RT on which nothing is wrong: core 3 of 4 is the loop's.</summary>
    public static FakeMachine Pi5()
    {
        var machine = new FakeMachine();
        machine.Write("/proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        machine.Write("/sys/kernel/realtime", "1\n");
        machine.Write("/proc/version", "Linux version 6.12.25-rpt-rpi-v8-rt (a@b) (gcc) #1 SMP PREEMPT_RT Debian 1:6.12.25-1 (2026-04-30)\n");
        machine.Write("/proc/sys/kernel/osrelease", "6.12.25-rpt-rpi-v8-rt\n");
        machine.Configure("CONFIG_PREEMPT_RT=y\n# CONFIG_RT_GROUP_SCHED is not set\nCONFIG_NO_HZ_FULL=y\n");
        machine.Write("/proc/cmdline", "console=tty1 root=PARTUUID=x isolcpus=managed_irq,domain,3 nohz_full=3 rcu_nocbs=3 irqaffinity=0-2\n");
        machine.Write("/proc/self/cgroup", "0::/system.slice/liquidcontrold.service\n");
        machine.Write("/proc/self/limits", Limits("95", "unlimited"));
        machine.Write("/proc/self/status", "Name:\tliquidcontrold\nGroups:\t44 986 989 \nCapEff:\t0000000000000000\n");
        machine.Write("/proc/sys/kernel/sched_rt_runtime_us", "950000\n");
        machine.Write("/proc/sys/kernel/sched_rt_period_us", "1000000\n");
        machine.Write("/sys/devices/system/cpu/online", "0-3\n");
        machine.Write("/sys/devices/system/cpu/isolated", "3\n");
        machine.Write("/sys/devices/system/cpu/nohz_full", "3\n");
        machine.Write("/sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "performance\n");
        machine.Write("/dev/cpu_dma_latency", "");
        machine.Write("/proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        machine.Write("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        machine.Write("/proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd\n");
        machine.Write("/proc/stat", "cpu  1 2 3 4 5 6 7 0 0 0\n");
        machine.Write("/sys/devices/system/clocksource/clocksource0/current_clocksource", "arch_sys_counter\n");
        machine.Write("/proc/interrupts", "           CPU0       CPU1       CPU2       CPU3\n 18:  10  0  0  0  GICv2  mmc0\nIPI0: 1 2 3 4 Rescheduling\n");
        machine.Write("/proc/irq/18/effective_affinity_list", "0\n");
        machine.Thread(27, "migration/3", cpu: 3, priority: 99, policy: 1);
        machine.Thread(60, "irq/18-mmc0", cpu: 3, priority: 50, policy: 1);
        machine.Thread(900, "bash (a b)", cpu: 3, priority: 0, policy: 0);
        machine.Write("/sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "0\n");
        machine.Write("/boot/firmware/config.txt", "dtparam=i2c_arm=on\n");
        foreach (string node in (string[])["i2c-1", "spidev0.0", "spidev1.0", "gpiochip0"]) machine.Write($"/dev/{node}", "");
        machine.Write("/sys/class/i2c-adapter/i2c-1/of_node/clock-frequency", [0x00, 0x06, 0x1A, 0x80]);
        machine.Write("/etc/group", "video:x:44:\nspi:x:989:pi\ni2c:x:988:pi\ngpio:x:986:pi\n");
        machine.Write("/usr/bin/liquidcontrold", Elf(OwnMachine));
        machine.Write("/run/systemd/system/x", "");
        machine.Write("/etc/systemd/system/liquidcontrold.service", "[Unit]\n");
        machine.Write("/etc/systemd/system/multi-user.target.wants/liquidcontrold.service", "");
        return machine;
    }

    /// <summary>The machine code of the processor this test runs on, as in an ELF header.</summary>
    public static byte OwnMachine => (byte)(System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
        == System.Runtime.InteropServices.Architecture.Arm64 ? 183 : 62);

    public static byte[] Elf(byte machine)
    {
        byte[] header = [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[60]];
        header[18] = machine;
        return header;
    }

    public static string Limits(string priority, string locked) =>
        $"Limit                     Soft Limit           Hard Limit           Units     \nMax locked memory         {locked}            {locked}            bytes     \nMax realtime priority     {priority}                    {priority}                    \n";

    public MachineFinding Find(string check, MachineDemand? demand = null) =>
        MachineInspection.Checks.Single(candidate => candidate.Name == check).Inspect(Root, demand ?? Demand);

    public static MachineDemand Demand { get; } = new() { Rate = 500, Wiring = LiquidControl.Devices.DcArmWiring.Ar4Dc };

    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] bytes)
    {
        string file = Root.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public void Remove(string path)
    {
        string file = Root.PathOf(path);
        if (Directory.Exists(file)) Directory.Delete(file, recursive: true);
        else File.Delete(file);
    }

    /// <summary>/proc/config.gz with these lines.</summary>
    public void Configure(string lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.ASCII.GetBytes("# Linux\n" + lines));
        Write("/proc/config.gz", packed.ToArray());
    }

    /// <summary>A process of one thread; fields as in proc_pid_stat(5), those that are not asked for 0.</summary>
    public void Thread(int process, string name, int cpu, int priority, int policy)
    {
        string zeros = string.Concat(Enumerable.Repeat("0 ", 35));
        string number = process.ToString(CultureInfo.InvariantCulture);
        Write($"/proc/{number}/task/{number}/stat", $"{number} ({name}) S {zeros}{cpu} {priority} {policy} 0 0 0\n");
        Write($"/proc/{number}/comm", name + "\n");
    }

    /// <summary>Every file, by its path on the machine.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(file => file[_folder.Length..]).Order(StringComparer.Ordinal);

    public int TryFifo(int priority) => FifoError;

    public bool MayReadAndWrite(string path) => !Closed.Contains(path[_folder.Length..]);

    public long? FreeBytes(string path) => Free;

    public long? TimerResolutionNs() => Resolution;

    public bool? IsClockSynchronised() => Synchronised;

    public string? LibcVersion() => Libc;

    public string? Throttled() => ThrottledFlags;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
