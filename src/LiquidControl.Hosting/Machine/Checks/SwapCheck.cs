namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Swapping keeps disk and kernel busy, whatever the loop itself has locked.</summary>
internal sealed class SwapCheck() : MachineCheck("swap", "none")
{
    private const string Swaps = "/proc/swaps";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Text(Swaps) is not { } text) return Undetermined(Swaps);
        if (!text.StartsWith("Filename", StringComparison.Ordinal)) return Undetermined(Swaps, text);
        string[] areas = [.. text.Split('\n').Skip(1).Select(line => line.Split([' ', '\t'])[0]).Where(name => name.Length > 0)];
        return areas.Length == 0 ? Ok("none") : Warning(string.Join(", ", areas), "sudo swapoff -a");
    }
}
