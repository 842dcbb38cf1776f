namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the daemon starts with the machine, within the limits and the watchdog of its unit.</summary>
internal sealed class ServiceCheck() : MachineCheck("service", "liquidcontrold.service installed and enabled")
{
    private const string Unit = "liquidcontrold.service";
    private const string Install = "sudo firmware-config/install.sh";

    private static readonly string[] Folders = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (!root.Exists("/run/systemd/system")) return Warning("no systemd runs here: nothing starts, limits or watches the daemon", Install);
        if (!Folders.Any(folder => root.Exists($"{folder}/{Unit}"))) return Warning("not installed", Install);
        return root.Names("/etc/systemd/system/multi-user.target.wants").Contains(Unit)
            ? Ok("installed and enabled")
            : Warning("installed, not enabled", $"sudo systemctl enable {Unit}");
    }
}
