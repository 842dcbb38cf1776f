namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the loop's core runs at one clock; a changing one makes the time of a cycle change, and a change takes time itself.</summary>
internal sealed class GovernorCheck() : MachineCheck("clock governor", "performance")
{
    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.LoopCpu(root) is not { } cpu) return Undetermined("/sys/devices/system/cpu/online");
        string path = $"/sys/devices/system/cpu/cpu{cpu}/cpufreq/scaling_governor";
        if (!root.Exists($"/sys/devices/system/cpu/cpu{cpu}/cpufreq")) return NotHere("this system cannot change the clock");
        return root.Text(path) switch
        {
            null or "" => Undetermined(path),
            "performance" => Ok("performance"),
            var governor when governor.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') => Warning(
                governor, "echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"),
            var garbled => Undetermined(path, garbled),
        };
    }
}
