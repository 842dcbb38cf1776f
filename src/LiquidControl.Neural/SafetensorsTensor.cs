using System.Buffers.Binary;
using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>A named tensor as a safetensors file holds it: shape and raw little-endian numbers, row-major.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type">Number format.</param>
/// <param name="Shape">Extents; empty for a single number.</param>
/// <param name="Data">The bytes: the product of the extents times the size of a number.</param>
public sealed record SafetensorsTensor(string Name, TensorType Type, ImmutableArray<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>How many numbers it holds.</summary>
    public int Length => Data.Length / SizeOf(Type);

    public static SafetensorsTensor FromDoubles(string name, TensorType type, ImmutableArray<int> shape, ReadOnlySpan<double> values)
    {
        int size = SizeOf(type);
        byte[] data = new byte[checked(values.Length * size)];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> place = data.AsSpan(i * size, size);
            if (type == TensorType.F32) BinaryPrimitives.WriteSingleLittleEndian(place, (float)values[i]);
            else BinaryPrimitives.WriteDoubleLittleEndian(place, values[i]);
        }

        return new SafetensorsTensor(name, type, shape, data);
    }

    /// <summary>Widens the numbers, exactly, into <paramref name="values"/>, whose length must be <see cref="Length"/>.</summary>
    public void CopyTo(Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Length);
        ReadOnlySpan<byte> data = Data.Span;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type == TensorType.F32
                ? BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..])
                : BinaryPrimitives.ReadDoubleLittleEndian(data[(8 * i)..]);
        }
    }

    internal static int SizeOf(TensorType type) => type == TensorType.F32 ? 4 : 8;
}
