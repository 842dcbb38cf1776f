using System.Runtime.CompilerServices;

namespace LiquidControl.Realtime;

/// <summary>Touches memory before time counts, so that its first use later is no page fault.</summary>
public static class Prefault
{
    /// <summary>The smallest there is.</summary>
    private const int PageBytes = 4096;

    private const int StackStep = 16 * PageBytes;

    /// <summary>Writes each page as it is: it becomes this process's own, and its content stays. Nobody else may write it meanwhile.</summary>
    public static void Touch(Span<byte> memory)
    {
        for (int at = 0; at < memory.Length; at += PageBytes)
            Volatile.Write(ref memory[at], memory[at]);
    }

    /// <summary>The calling thread's next <paramref name="bytes"/> of stack, as far as the thread has them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Stack(int bytes)
    {
        Span<byte> part = stackalloc byte[StackStep];
        part.Clear();
        if (bytes > StackStep && RuntimeHelpers.TryEnsureSufficientExecutionStack())
            Stack(bytes - StackStep);

        // Used after the call, so that every part keeps a frame of its own.
        Volatile.Write(ref part[0], part[^1]);
    }
}
