namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether this user may run the loop's thread under SCHED_FIFO.</summary>
internal sealed class PriorityCheck() : MachineCheck("real-time priority", "RLIMIT_RTPRIO of the loop's priority or more, or CAP_SYS_NICE")
{
    private const string Limits = "/proc/self/limits";
    private const int NotPermitted = 1;

    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (ProcessRights.SoftLimit(root, "Max realtime priority") is not { } limit) return Undetermined(Limits);
        bool may = ProcessRights.Has(root, ProcessRights.SysNice) == true;
        string rights = $"limit {(limit == long.MaxValue ? "unlimited" : limit)}{(may ? ", CAP_SYS_NICE" : "")}";
        string mend = $"echo \"$USER - rtprio {demand.Priority}\" | sudo tee /etc/security/limits.d/60-liquidcontrol-rtprio.conf  # then log in again";
        if (limit < demand.Priority && !may) return Fails($"{rights}: SCHED_FIFO {demand.Priority} is refused to this user", mend);
        int error = root.Calls.TryFifo(demand.Priority);
        if (error == 0) return Ok($"{rights}: a thread got SCHED_FIFO {demand.Priority}");
        return Fails(
            $"{rights}, yet SCHED_FIFO {demand.Priority} was refused (error {error}{(error == NotPermitted ? ", as the control group's budget does" : "")})",
            "sudo sysctl -w kernel.sched_rt_runtime_us=-1");
    }
}
