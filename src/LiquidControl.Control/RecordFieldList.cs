using System.Runtime.CompilerServices;

namespace LiquidControl.Control;

/// <summary>Notes name, kind and place of every field.</summary>
internal readonly struct RecordFieldList(List<RecordField> fields) : IRecordVisitor
{
    public double Number(string name, string unit, double value, int index) => Add(name, unit, RecordKind.F64, value, index);

    public long Integer(string name, string unit, long value, int index) => Add(name, unit, RecordKind.I64, value, index);

    public int Integer(string name, string unit, int value, int index) => Add(name, unit, RecordKind.I32, value, index);

    public short Integer(string name, string unit, short value, int index) => Add(name, unit, RecordKind.I16, value, index);

    public bool Flag(string name, bool value) => Add(name, "", RecordKind.U8, value, IRecordVisitor.Alone);

    public TEnum Choice<TEnum>(string name, TEnum value, int index)
        where TEnum : unmanaged, Enum
    {
        var kind = Unsafe.SizeOf<TEnum>() switch
        {
            sizeof(byte) => RecordKind.U8,
            sizeof(ushort) => RecordKind.U16,
            sizeof(uint) => RecordKind.U32,
            _ => RecordKind.I64,
        };
        var words = Enum.GetValues<TEnum>().Select(word => KeyValuePair.Create(EnumBits.ToInteger(word), word.ToString()));
        return Add(name, "", kind, value, index, [.. words], typeof(TEnum).IsDefined(typeof(FlagsAttribute), inherit: false));
    }

    private T Add<T>(string name, string unit, RecordKind kind, T value, int index, KeyValuePair<long, string>[]? words = null, bool isFlags = false)
    {
        int offset = fields is [.., var last] ? last.Offset + CycleLayout.SizeOf(last.Kind) : 0;
        fields.Add(new(name, index < 0 ? null : index, kind, unit, offset, words ?? [], isFlags));
        return value;
    }
}
