namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// The memory of a thread that waits in a system call. Needs the right to trace it. An ioctl of an I2C or SPI node points at buffers that
/// FUSE does not bring along; this is how they are reached.
/// </summary>
internal readonly unsafe struct CallerMemory(int thread)
{
    /// <summary>False when not all of it is there.</summary>
    public bool Read(ulong address, Span<byte> to)
    {
        if (to.IsEmpty)
        {
            return true;
        }

        fixed (byte* local = to)
        {
            IoVector here = new() { Address = local, Length = (nuint)to.Length };
            IoVector there = new() { Address = (void*)address, Length = (nuint)to.Length };
            return NodeSyscalls.ReadProcess(thread, &here, 1, &there, 1, 0) == to.Length;
        }
    }

    /// <inheritdoc cref="Read(ulong, Span{byte})"/>
    public bool Write(ulong address, ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty)
        {
            return true;
        }

        fixed (byte* local = from)
        {
            IoVector here = new() { Address = local, Length = (nuint)from.Length };
            IoVector there = new() { Address = (void*)address, Length = (nuint)from.Length };
            return NodeSyscalls.WriteProcess(thread, &here, 1, &there, 1, 0) == from.Length;
        }
    }

    /// <summary>Many pieces in one call of the kernel; each as long here as there.</summary>
    public bool Read(IoVector* here, IoVector* there, int count) =>
        count == 0 || NodeSyscalls.ReadProcess(thread, here, (nuint)count, there, (nuint)count, 0) == Sum(there, count);

    /// <inheritdoc cref="Read(IoVector*, IoVector*, int)"/>
    public bool Write(IoVector* here, IoVector* there, int count) =>
        count == 0 || NodeSyscalls.WriteProcess(thread, here, (nuint)count, there, (nuint)count, 0) == Sum(there, count);

    /// <inheritdoc cref="Read(ulong, Span{byte})"/>
    public bool Read<T>(ulong address, out T value)
        where T : unmanaged
    {
        fixed (T* local = &value)
        {
            return Read(address, new Span<byte>(local, sizeof(T)));
        }
    }

    /// <inheritdoc cref="Read(ulong, Span{byte})"/>
    public bool Write<T>(ulong address, T value)
        where T : unmanaged => Write(address, new ReadOnlySpan<byte>(&value, sizeof(T)));

    private static nint Sum(IoVector* vectors, int count)
    {
        nuint sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += vectors[i].Length;
        }

        return (nint)sum;
    }
}
