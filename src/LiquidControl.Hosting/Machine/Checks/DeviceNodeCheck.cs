namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the nodes of one kind are there and may be opened by this user.</summary>
/// <param name="kind">What a person calls the bus.</param>
/// <param name="group">The group that udev gives such nodes to.</param>
/// <param name="module">The kernel module that makes such nodes.</param>
/// <param name="nodesOf">The nodes needed.</param>
internal sealed class DeviceNodeCheck(string kind, string group, string module, Func<MachineDemand, MachineRoot, string[]> nodesOf)
    : MachineCheck($"{kind} nodes", $"there, and open to this user (group {group})")
{
    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (demand.Wiring is null) return NotHere("the robot has no bus");
        string[] nodes = nodesOf(demand, root);
        string[] missing = [.. nodes.Where(node => !root.Exists(node))];
        if (missing.Length > 0)
        {
            return Fails($"{string.Join(" and ", missing)} missing", MachineBoard.Read(root).Kind switch
            {
                BoardKind.Other => $"sudo modprobe {module}  # a board without a header has none: run on a Raspberry Pi or Jetson",
                _ => "sudo firmware-config/install.sh && sudo reboot",
            });
        }

        string[] closed = [.. nodes.Where(node => !root.Calls.MayReadAndWrite(root.PathOf(node)))];
        if (closed.Length == 0) return Ok(string.Join(" and ", nodes));
        return Fails(
            $"{string.Join(" and ", closed)} may not be opened by this user{(InGroup(root) ? $", although group {group} has it" : "")}",
            $"sudo usermod -aG {group} $USER  # then log in again");
    }

    /// <summary>Whether this process already is in the group, so that joining it does not help.</summary>
    private bool InGroup(MachineRoot root)
    {
        const string Key = "Groups:";
        string[]? line = root.Lines("/etc/group").Select(text => text.Split(':')).FirstOrDefault(parts => parts.Length >= 3 && parts[0] == group);
        string mine = root.Lines("/proc/self/status").FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal)) ?? Key;
        return line is not null && mine[Key.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains(line[2]);
    }
}
