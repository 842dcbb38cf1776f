using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Why real-time scheduling is not had, in words.</summary>
internal static class SchedulingRefusal
{
    private const string Subject = ThreadScheduling.Subject;

    /// <summary>With one processor the collector's and the runtime's threads would never run beside a FIFO thread (dotnet/runtime #121623).</summary>
    public static Grant OneProcessor() => new(
        Subject, false,
        "SCHED_OTHER: this process may run on one processor only, where a real-time thread would starve the rest of it.",
        "Give it a second processor (CPUAffinity= of the unit, the machine's isolcpus), or use a machine with more than one core.");

    /// <param name="policy">Refused.</param>
    /// <param name="priority">Asked for.</param>
    /// <param name="errno">From the kernel.</param>
    /// <param name="rights">Of this process.</param>
    public static Grant Of(SchedulingPolicy policy, int priority, int errno, ProcessRights rights)
    {
        string name = NameOf(policy, priority);
        if (errno == Libc.NotPermitted && !rights.MayRaisePriority && (policy == SchedulingPolicy.Deadline || rights.PriorityLimit < priority))
        {
            string found = policy == SchedulingPolicy.Deadline
                ? "this process lacks CAP_SYS_NICE, which SCHED_DEADLINE needs"
                : $"this process lacks CAP_SYS_NICE, and its RLIMIT_RTPRIO is {rights.PriorityLimit}";
            return Refused(name, found, $"LimitRTPRIO={priority} and AmbientCapabilities=CAP_SYS_NICE in the unit, or as root.");
        }

        return (policy, errno) switch
        {
            (SchedulingPolicy.Deadline, Libc.NotPermitted) => Refused(
                name, "its affinity does not cover a whole root domain", "Leave the thread unpinned, or give it a cpuset of its own."),
            (SchedulingPolicy.Deadline, Libc.Busy) => Refused(
                name, "the kernel's admission control has no bandwidth left",
                "Lower the runtime, or stop other SCHED_DEADLINE threads (chrt -p PID shows them)."),
            (_, Libc.NotPermitted) => Refused(
                name, "although this process has the right to it: its control group has no real-time runtime (CONFIG_RT_GROUP_SCHED)",
                "Write a runtime such as 950000 to the group's cpu.rt_runtime_us, move the service to the root group, or boot with rt_group_sched=0; "
                + "/proc/sys/kernel/sched_rt_runtime_us must not be 0."),
            _ => Refused(name, Marshal.GetPInvokeErrorMessage(errno), "See sched(7)."),
        };
    }

    public static string NameOf(SchedulingPolicy policy, int priority) => policy switch
    {
        SchedulingPolicy.Fifo => $"SCHED_FIFO {priority}",
        SchedulingPolicy.Deadline => "SCHED_DEADLINE",
        _ => "SCHED_OTHER",
    };

    private static Grant Refused(string name, string why, string fix) => new(Subject, false, $"{name} was refused: {why}.", fix);
}
