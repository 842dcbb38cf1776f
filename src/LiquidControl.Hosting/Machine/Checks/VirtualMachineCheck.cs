using System.Globalization;

namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>A host may stop a virtual machine for tens of milliseconds, and nothing inside can see it coming or mend it.</summary>
internal sealed class VirtualMachineCheck() : MachineCheck("virtual machine", "the board itself, no host below it")
{
    private const string Processors = "/proc/cpuinfo";
    private const string Times = "/proc/stat";
    private const int StealColumn = 8;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Text(Processors) is not { } processors) return Undetermined(Processors);
        string? host = Host(root, processors);
        if (host is null) return Ok("none");
        string steal = Steal(root) is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part:F2} % of the time was the host's") : "the host's share is not told";
        return Fails(
            $"{host}; {steal}. Its stalls (10 to 30 ms were measured in one) cannot be mended from inside",
            "sudo firmware-config/install.sh  # on a Raspberry Pi or Jetson itself; here only simulation and tests are sound");
    }

    private static string? Host(MachineRoot root, string processors)
    {
        if (root.Exists("/proc/device-tree/hypervisor")) return "a hypervisor in the device tree";
        if (root.Text("/sys/hypervisor/type") is { Length: > 0 } type) return $"hypervisor {type}";
        bool flagged = processors.Split('\n').Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Split(' ').Contains("hypervisor"));
        return flagged ? "hypervisor flag of the processor" : null;
    }

    /// <summary>% of all processor time since the start; null when it is not told.</summary>
    private static double? Steal(MachineRoot root)
    {
        string line = root.Lines(Times).FirstOrDefault("");
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length <= StealColumn || words[0] != "cpu") return null;
        double total = 0.0, steal = 0.0;
        for (int i = 1; i <= StealColumn; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out double time)) return null;
            total += time;
            steal = time;
        }

        return total > 0.0 ? 100.0 * steal / total : null;
    }
}
