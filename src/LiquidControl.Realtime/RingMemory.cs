using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>A ring's file in this process's memory; a reader's mapping cannot be written to.</summary>
internal sealed unsafe class RingMemory : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    public RingMemory(SafeFileHandle file, long bytes, bool writable)
    {
        MemoryMappedFileAccess access = writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, access, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, bytes, access);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        Length = bytes;
    }

    public long Length { get; }

    public RingHeader* Header => (RingHeader*)_start;

    public byte* Slots => _start + Header->SlotsOffset;

    public ReadOnlySpan<byte> Description => new(_start + RingHeader.Bytes, (int)Header->DescriptionBytes);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
