using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Zeroed memory outside the collected heap, aligned to a cache line and present from the start: no page fault on first use.</summary>
/// <typeparam name="T">Of an element.</typeparam>
public sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    private T* _memory;

    /// <param name="length">Elements.</param>
    public NativeBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = (nuint)length * (nuint)sizeof(T);
        _memory = (T*)NativeMemory.AlignedAlloc(Math.Max(bytes, 1), CacheLine);

        // Fresh pages are zero already, but only a write makes them this process's own.
        NativeMemory.Clear(_memory, bytes);
    }

    ~NativeBuffer() => Free();

    public int Length { get; }

    public Span<T> Span => new(_memory, Length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
