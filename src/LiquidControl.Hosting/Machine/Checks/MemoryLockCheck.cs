namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>
/// Whether this user may lock all memory. Reserved address space counts against the limit, and a .NET process reserves far more than it uses.
/// </summary>
internal sealed class MemoryLockCheck() : MachineCheck("memory locking", "RLIMIT_MEMLOCK unlimited, or CAP_IPC_LOCK")
{
    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (ProcessRights.SoftLimit(root, "Max locked memory") is not { } limit) return Undetermined("/proc/self/limits");
        if (limit == long.MaxValue) return Ok("unlimited");
        if (ProcessRights.Has(root, ProcessRights.IpcLock) == true) return Ok($"limit {limit >> 10} KiB, CAP_IPC_LOCK");
        return Fails(
            $"limit {limit >> 10} KiB: mlockall is refused, and a page fault may stop the loop for milliseconds",
            "echo \"$USER - memlock unlimited\" | sudo tee /etc/security/limits.d/60-liquidcontrol-memlock.conf  # then log in again");
    }
}
