using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>Adds the exact bits of every field to a hash; the index and the width of a field do not count.</summary>
internal struct RecordHasher(StateHash hash) : IRecordVisitor
{
    private StateHash _hash = hash;

    public readonly StateHash Hash => _hash;

    public double Number(string name, string unit, double value, int index)
    {
        _hash.Add(value);
        return value;
    }

    public long Integer(string name, string unit, long value, int index)
    {
        _hash.Add(value);
        return value;
    }

    public int Integer(string name, string unit, int value, int index)
    {
        _hash.Add((long)value);
        return value;
    }

    public short Integer(string name, string unit, short value, int index)
    {
        _hash.Add((long)value);
        return value;
    }

    public bool Flag(string name, bool value)
    {
        _hash.Add(value ? 1L : 0L);
        return value;
    }

    public TEnum Choice<TEnum>(string name, TEnum value, int index)
        where TEnum : unmanaged, Enum
    {
        _hash.Add(EnumBits.ToInteger(value));
        return value;
    }
}
