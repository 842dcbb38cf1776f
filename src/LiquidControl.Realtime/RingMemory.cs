using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>
/// A ring's file in this process's memory; a reader's mapping cannot be written to. Not .NET's MemoryMappedFile: it ends with
/// msync(MS_INVALIDATE), which the kernel refuses for locked memory.
/// </summary>
internal sealed unsafe class RingMemory : IDisposable
{
    private const int Readable = 1;
    private const int Writable = 2;
    private const int Shared = 1;

    /// <summary>MAP_POPULATE: all pages of a writer at once, not one fault each.</summary>
    private const int Populate = 0x8000;

    private const nint Failed = -1;

    private byte* _start;

    /// <exception cref="IOException">The kernel refuses.</exception>
    public RingMemory(SafeFileHandle file, long bytes, bool writable)
    {
        var (protection, flags) = writable ? (Readable | Writable, Shared | Populate) : (Readable, Shared);
        nint start = Libc.MapMemory(0, (nuint)bytes, protection, flags, file, 0);
        if (start == Failed)
            throw new IOException($"{bytes} bytes of the ring cannot be mapped: {Marshal.GetLastPInvokeErrorMessage()}.");
        _start = (byte*)start;
        Length = bytes;
    }

    ~RingMemory() => Unmap();

    public long Length { get; }

    public RingHeader* Header => (RingHeader*)_start;

    public byte* Slots => _start + Header->SlotsOffset;

    public ReadOnlySpan<byte> Description => new(_start + RingHeader.Bytes, (int)Header->DescriptionBytes);

    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    private void Unmap()
    {
        if (_start == null)
            return;
        _ = Libc.UnmapMemory((nint)_start, (nuint)Length);
        _start = null;
    }
}
