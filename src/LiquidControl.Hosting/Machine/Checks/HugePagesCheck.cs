namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Transparent huge pages: merging pages behind a process's back stops it meanwhile.</summary>
internal sealed class HugePagesCheck() : MachineCheck("huge pages", "madvise or never")
{
    private const string Enabled = "/sys/kernel/mm/transparent_hugepage/enabled";

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand) => root.Text(Enabled) switch
    {
        null => NotHere("the kernel makes none by itself"),
        var text when text.Contains("[always]", StringComparison.Ordinal) => Warning("always", $"echo madvise | sudo tee {Enabled}"),
        var text when text.Contains("[madvise]", StringComparison.Ordinal) => Ok("madvise"),
        var text when text.Contains("[never]", StringComparison.Ordinal) => Ok("never"),
        var text => Undetermined(Enabled, text),
    };
}
