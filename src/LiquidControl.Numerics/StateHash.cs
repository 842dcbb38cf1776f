namespace LiquidControl.Numerics;

/// <summary>A running 64-bit hash of the exact bits of numbers: two runs agree in every bit exactly when their hashes do. (Signatures only: being written.)</summary>
public struct StateHash
{
    public ulong Value { get; private set; }
    public void Add(double value) => throw new NotImplementedException();
    public void Add(long value) => throw new NotImplementedException();
    public void Add(ReadOnlySpan<double> values) => throw new NotImplementedException();
}
