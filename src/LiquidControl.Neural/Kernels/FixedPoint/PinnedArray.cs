using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>An array at an address that does not change and is a multiple of 64 bytes, a cache line; all zero when made.</summary>
/// <remarks>Whoever keeps the pointer keeps this object.</remarks>
internal sealed unsafe class PinnedArray<T> where T : unmanaged
{
    private const int Alignment = 64;

    private readonly byte[] _bytes;

    public PinnedArray(int length)
    {
        _bytes = GC.AllocateArray<byte>(checked(length * sizeof(T) + Alignment), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _bytes[0]);
        Pointer = (T*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
        Length = length;
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);
}
