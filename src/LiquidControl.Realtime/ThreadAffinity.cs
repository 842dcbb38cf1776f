using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Binds the calling thread to one processor.</summary>
public static unsafe class ThreadAffinity
{
    private const string Subject = "affinity";
    private const int MaskWords = 16;
    private const int BitsPerWord = 64;

    /// <param name="processor">As /proc/cpuinfo counts them, from 0.</param>
    public static Grant Pin(int processor)
    {
        if (processor is < 0 or >= MaskWords * BitsPerWord)
            return new(Subject, false, $"there is no processor {processor}.", "Choose one that nproc counts, from 0.");
        ulong* mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[processor / BitsPerWord] = 1UL << processor % BitsPerWord;
        if (Libc.SchedSetAffinity(0, MaskWords * sizeof(ulong), mask) == 0)
            return new(Subject, true, $"processor {processor}.");
        string why = Marshal.GetLastPInvokeErrorMessage();
        return new(
            Subject, false, $"processor {processor} was refused: {why}.",
            "Choose one that this machine has and this process may use (taskset -p, the unit's AllowedCPUs=).");
    }
}
