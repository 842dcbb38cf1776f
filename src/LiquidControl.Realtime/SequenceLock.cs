using System.Runtime.CompilerServices;

namespace LiquidControl.Realtime;

/// <summary>
/// A version before the data: odd while the one writer is at work, even when it is whole. Neither side waits; a reader that finds the version
/// changed throws its copy away.
/// </summary>
internal static class SequenceLock
{
    /// <summary><paramref name="writing"/> is odd. What is written from here on stays after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BeginWrite(ref long version, long writing)
    {
        Volatile.Write(ref version, writing);
        Volatile.WriteBarrier();
    }

    /// <summary><paramref name="whole"/> is even, and was never used before. What was written before stays before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EndWrite(ref long version, long whole) => Volatile.Write(ref version, whole);

    /// <summary>The version before a copy is made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long BeginRead(ref readonly long version) => Volatile.Read(in version);

    /// <summary>Whether the copy made since is whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndRead(ref readonly long version, long before)
    {
        Volatile.ReadBarrier();
        return (before & 1) == 0 && Volatile.Read(in version) == before;
    }
}
