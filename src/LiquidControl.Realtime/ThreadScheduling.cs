using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Asks the kernel to schedule the calling thread, and no other: threads it starts begin as SCHED_OTHER.</summary>
public static unsafe class ThreadScheduling
{
    internal const string Subject = "scheduling";

    private const int ResetOnFork = 0x40000000;
    private const ulong DeadlineResetOnFork = 1;

    /// <summary>
    /// SCHED_DEADLINE falls back to SCHED_FIFO, and that to nothing; a machine with one processor gets neither. A grant says what is in force.
    /// </summary>
    public static Grant Apply(SchedulingRequest request, ProcessRights rights)
    {
        if (request.Policy == SchedulingPolicy.Other)
            return new(Subject, true, "SCHED_OTHER, as asked for.");
        if (rights.Processors < 2)
            return SchedulingRefusal.OneProcessor();
        return request.Policy == SchedulingPolicy.Deadline ? Deadline(request, rights) : Fifo(request.Priority, rights);
    }

    private static Grant Fifo(int priority, ProcessRights rights)
    {
        int asked = priority;
        return Libc.SchedSetScheduler(0, (int)SchedulingPolicy.Fifo | ResetOnFork, &asked) == 0
            ? new(Subject, true, $"{SchedulingRefusal.NameOf(SchedulingPolicy.Fifo, priority)}.")
            : SchedulingRefusal.Of(SchedulingPolicy.Fifo, priority, Marshal.GetLastPInvokeError(), rights);
    }

    private static Grant Deadline(SchedulingRequest request, ProcessRights rights)
    {
        Libc.DeadlineAttributes attributes = new()
        {
            Size = (uint)sizeof(Libc.DeadlineAttributes),
            Policy = (uint)SchedulingPolicy.Deadline,
            Flags = DeadlineResetOnFork,
            Runtime = (ulong)request.RuntimeNs,
            Deadline = (ulong)request.PeriodNs,
            Period = (ulong)request.PeriodNs,
        };
        if (Libc.SchedSetAttr(SetAttrNumber(), 0, &attributes, 0) == 0)
            return new(Subject, true, $"SCHED_DEADLINE, {request.RuntimeNs / 1000} of {request.PeriodNs / 1000} µs.");
        Grant refusal = SchedulingRefusal.Of(SchedulingPolicy.Deadline, request.Priority, Marshal.GetLastPInvokeError(), rights);
        Grant fallback = Fifo(request.Priority, rights);
        return refusal with { Words = $"{refusal.Words} Instead: {fallback.Words}" };
    }

    /// <summary>The C library has no function of this name (before glibc 2.41).</summary>
    private static nint SetAttrNumber() => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 274 : 314;
}
