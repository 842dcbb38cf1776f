using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>Numbers that stay where they are, on a cache line's start. Zero at first.</summary>
internal sealed unsafe class AlignedBuffer<T> where T : unmanaged
{
    private const int CacheLine = 64;

    // Pinned, so that the pointer holds for as long as this object lives.
    private readonly byte[] _memory;

    public AlignedBuffer(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<byte>(checked(length * sizeof(T) + CacheLine), pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref _memory[0]);
        Pointer = (T*)((start + CacheLine - 1) / CacheLine * CacheLine);
    }

    public int Length { get; }

    public T* Pointer { get; }

    public Span<T> Span => new(Pointer, Length);
}
