namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether devices' interrupts stay off the loop's core.</summary>
internal sealed class InterruptCheck() : MachineCheck("interrupts", "none of a device on the loop's core, and no irqbalance that moves them there")
{
    private const string Interrupts = "/proc/interrupts";
    private const int Named = 4;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        string[] lines = root.Lines(Interrupts);
        if (lines.Length < 2 || !lines[0].Contains("CPU", StringComparison.Ordinal)) return Undetermined(Interrupts, lines.FirstOrDefault());
        if (RunningThreads.Commands(root).Contains("irqbalance"))
            return Warning("irqbalance is running and moves them", "sudo systemctl disable --now irqbalance");
        List<string> onLoop = [];
        foreach (string line in lines.Skip(1))
        {
            string number = line.Split(':')[0].Trim();
            if (number.Length == 0 || !number.All(char.IsAsciiDigit)) continue;
            string folder = $"/proc/irq/{number}";
            var cores = CpuList.Read(root, $"{folder}/effective_affinity_list") ?? CpuList.Read(root, $"{folder}/smp_affinity_list");
            if (cores?.Contains(cpu) == true) onLoop.Add($"{number} ({line.Split(' ')[^1].Trim()})");
        }

        if (onLoop.Count == 0) return Ok($"none of a device on core {cpu}");
        string more = onLoop.Count > Named ? $" and {onLoop.Count - Named} more" : "";
        return Warning(
            $"{string.Join(", ", onLoop.Take(Named))}{more} on the loop's core {cpu}",
            cpu > 0 ? MachineBoard.Read(root).AddBootOptions($"irqaffinity=0{(cpu > 1 ? $"-{cpu - 1}" : "")}") : "nproc  # give the loop another core than 0");
    }
}
