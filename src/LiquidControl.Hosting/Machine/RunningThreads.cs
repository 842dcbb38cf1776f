using System.Globalization;

namespace LiquidControl.Hosting.Machine;

/// <summary>The threads of a machine: /proc/PID/task/TID/stat (proc_pid_stat(5)).</summary>
internal static class RunningThreads
{
    // Fields counted from the state, which follows the name in brackets.
    private const int ProcessorField = 36;
    private const int PriorityField = 37;
    private const int PolicyField = 38;

    /// <summary>Names of all processes.</summary>
    public static HashSet<string> Commands(MachineRoot root) =>
        [.. Processes(root).Select(process => root.Text($"/proc/{process}/comm")).OfType<string>()];

    /// <summary>Threads under SCHED_FIFO, SCHED_RR or SCHED_DEADLINE; what cannot be read has ended or is garbled, and is left out.</summary>
    public static IEnumerable<RealtimeThread> Realtime(MachineRoot root)
    {
        foreach (string process in Processes(root))
        {
            foreach (string thread in root.Names($"/proc/{process}/task"))
            {
                if (root.Text($"/proc/{process}/task/{thread}/stat") is { } stat && Parse(stat, process) is { IsRealtime: true } found) yield return found;
            }
        }
    }

    private static IEnumerable<string> Processes(MachineRoot root) => root.Names("/proc").Where(name => name.All(char.IsAsciiDigit));

    private static RealtimeThread? Parse(string stat, string process)
    {
        int open = stat.IndexOf('('), close = stat.LastIndexOf(')');
        if (open < 0 || close < open) return null;
        string[] fields = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > PolicyField && Whole(fields[ProcessorField], out int cpu) && Whole(fields[PriorityField], out int priority)
            && Whole(fields[PolicyField], out int policy)
            ? new(stat[(open + 1)..close], process, cpu, priority, policy)
            : null;
    }

    private static bool Whole(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
