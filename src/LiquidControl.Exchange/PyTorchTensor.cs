using System.Collections.Immutable;

namespace LiquidControl.Exchange;

/// <summary>A view into a storage. Its numbers all lie inside; whoever makes one has checked that.</summary>
/// <param name="Storage">Where the numbers are.</param>
/// <param name="Offset">Of the first, in numbers.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Strides">How many numbers apart neighbours of each dimension stand.</param>
/// <param name="Length">How many numbers: the product of the extents.</param>
internal sealed record PyTorchTensor(
    PyTorchStorage Storage, int Offset, ImmutableArray<int> Shape, ImmutableArray<long> Strides, int Length)
{
    public int ByteLength => Length * Storage.NumberSize;

    /// <summary>Row-major without gaps, so that a slice of the storage is the tensor.</summary>
    public bool IsContiguous
    {
        get
        {
            long stride = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != stride) return false;
                stride *= Shape[i];
            }

            return true;
        }
    }

    /// <summary>The tensor's bytes in row-major order: a slice of the storage where that is enough.</summary>
    /// <param name="storage">The storage's bytes.</param>
    public ReadOnlyMemory<byte> Gather(ReadOnlyMemory<byte> storage)
    {
        if (Length == 0) return ReadOnlyMemory<byte>.Empty;
        int size = Storage.NumberSize;
        if (IsContiguous) return storage.Slice(Offset * size, ByteLength);

        byte[] gathered = new byte[ByteLength];
        int[] index = new int[Shape.Length];
        long source = Offset;
        for (int target = 0; target < gathered.Length; target += size)
        {
            storage.Span.Slice((int)source * size, size).CopyTo(gathered.AsSpan(target));
            source = Advance(index, source);
        }

        return gathered;
    }

    /// <summary>Counts the index up, the last dimension fastest, and gives the place it then stands for.</summary>
    private long Advance(int[] index, long source)
    {
        for (int i = index.Length - 1; i >= 0; i--)
        {
            source += Strides[i];
            if (++index[i] < Shape[i]) return source;
            source -= Strides[i] * Shape[i];
            index[i] = 0;
        }

        return source;
    }
}
