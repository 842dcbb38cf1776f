namespace LiquidControl.Hosting.Machine;

/// <summary>A thread under a real-time policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Process">Its process's number.</param>
/// <param name="Cpu">The core it last ran on.</param>
/// <param name="Priority">1 to 99; 0 under SCHED_DEADLINE.</param>
/// <param name="Policy">As in sched.h.</param>
internal sealed record RealtimeThread(string Name, string Process, int Cpu, int Priority, int Policy)
{
    private const int Fifo = 1;
    private const int RoundRobin = 2;
    private const int Deadline = 6;

    public bool IsRealtime => Policy is Fifo or RoundRobin or Deadline;

    /// <summary>Whether it can hold up a SCHED_FIFO thread of this priority on its core.</summary>
    public bool Delays(int priority) => Policy == Deadline || Priority >= priority;

    /// <summary>One of those the kernel has on every core: it runs on demand only, for some microseconds.</summary>
    public bool IsKernelMigration => Name.StartsWith("migration/", StringComparison.Ordinal);
}
