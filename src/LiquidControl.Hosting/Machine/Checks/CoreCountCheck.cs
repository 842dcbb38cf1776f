namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>The loop needs a core of its own. On a single core SCHED_FIFO starves everything else, and is refused.</summary>
internal sealed class CoreCountCheck() : MachineCheck("cores", "three or more: one for the loop, the rest for the system")
{
    private const string Online = "/sys/devices/system/cpu/online";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand) => CpuList.Read(root, Online) switch
    {
        null or { Count: 0 } => Undetermined(Online, root.Text(Online)),
        { Count: 1 } => Fails("1: SCHED_FIFO would starve all else", "echo 1 | sudo tee /sys/devices/system/cpu/cpu*/online  # else choose a board of four cores"),
        { Count: 2 } => Warning("2: one is left for everything but the loop", "cat /sys/devices/system/cpu/present  # choose a board of four cores"),
        var cpus => Ok($"{cpus.Count}"),
    };
}
