namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Room for logs. A full disk costs records, never the loop.</summary>
internal sealed class DiskSpaceCheck() : MachineCheck("disk space", "at least 500 MB free for logs")
{
    private const string Place = "/var";
    private const long Enough = 500_000_000;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Calls.FreeBytes(root.PathOf(Place)) is not { } free) return Undetermined(Place);
        string found = $"{free / 1_000_000} MB free under {Place}";
        return free >= Enough ? Ok(found) : Warning(found, "sudo journalctl --vacuum-size=100M");
    }
}
