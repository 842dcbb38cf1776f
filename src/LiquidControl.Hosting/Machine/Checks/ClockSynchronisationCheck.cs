namespace LiquidControl.Hosting.Machine.Checks;

/// <summary>Whether the wall clock is right, so that logs of several machines agree. The loop itself waits by the monotonic clock.</summary>
internal sealed class ClockSynchronisationCheck() : MachineCheck("time of day", "synchronised to a time server")
{
    public override MachineFinding Inspect(MachineRoot root, MachineDemand demand)
    {
        if (root.Exists("/run/systemd/timesync/synchronized")) return Ok("synchronised");
        return root.Calls.IsClockSynchronised() switch
        {
            true => Ok("synchronised"),
            false => Warning("not synchronised: logs will not agree with those of other machines", "sudo timedatectl set-ntp true"),
            null => Undetermined("/run/systemd/timesync/synchronized"),
        };
    }
}
