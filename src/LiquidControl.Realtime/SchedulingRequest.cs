namespace LiquidControl.Realtime;

/// <summary>Of Linux (sched(7)).</summary>
public enum SchedulingPolicy
{
    /// <summary>SCHED_OTHER: shares the processor with everybody.</summary>
    Other = 0,

    /// <summary>SCHED_FIFO: runs before every thread of lower priority until it waits.</summary>
    Fifo = 1,

    /// <summary>SCHED_DEADLINE: a guaranteed runtime in every period, before all FIFO threads.</summary>
    Deadline = 6,
}

/// <summary>How a thread is to be scheduled.</summary>
/// <param name="Policy">Of it.</param>
/// <param name="Priority">1 to 99, of SCHED_FIFO; also of the FIFO that a refused SCHED_DEADLINE falls back to.</param>
/// <param name="RuntimeNs">SCHED_DEADLINE: what it may compute a period.</param>
/// <param name="PeriodNs">SCHED_DEADLINE: the period, also the deadline.</param>
public sealed record SchedulingRequest(SchedulingPolicy Policy, int Priority = SchedulingRequest.UsualPriority, long RuntimeNs = 0, long PeriodNs = 0)
{
    /// <summary>Above the threaded interrupt handlers of a PREEMPT_RT kernel (50), below the kernel's own watchdogs (99).</summary>
    public const int UsualPriority = 80;
}
