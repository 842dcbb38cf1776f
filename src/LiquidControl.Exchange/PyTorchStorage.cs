using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>A named row of numbers in the archive, which tensors are views into.</summary>
/// <param name="Type">Number format.</param>
/// <param name="Key">The entry data/&lt;key&gt;.</param>
/// <param name="Length">How many numbers.</param>
internal sealed record PyTorchStorage(TensorType Type, string Key, long Length)
{
    public int NumberSize => Type == TensorType.F32 ? sizeof(float) : sizeof(double);

    public long ByteLength => Length * NumberSize;
}
