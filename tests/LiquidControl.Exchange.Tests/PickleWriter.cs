using System.Buffers.Binary;
using System.Text;

namespace LiquidControl.Exchange.Tests;

/// <summary>Puts pickle programs together opcode by opcode, sound ones and others.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [(byte)PickleOpcode.PROTO, 2];

    public int Length => _bytes.Count;

    public PickleWriter Op(PickleOpcode opcode, params ReadOnlySpan<byte> argument)
    {
        _bytes.Add((byte)opcode);
        return Raw(argument);
    }

    public PickleWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Repeat(int count, Action<PickleWriter> part)
    {
        for (int i = 0; i < count; i++) part(this);
        return this;
    }

    public PickleWriter Global(string module, string name) =>
        Op(PickleOpcode.GLOBAL).Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op(PickleOpcode.BINUNICODE, length).Raw(utf8);
    }

    public PickleWriter Whole(long value)
    {
        byte[] digits = new byte[9];
        digits[0] = 8;
        BinaryPrimitives.WriteInt64LittleEndian(digits.AsSpan(1), value);
        return Op(PickleOpcode.LONG1, digits);
    }

    public PickleWriter Wholes(long[] values)
    {
        Op(PickleOpcode.MARK);
        foreach (long value in values) Whole(value);
        return Op(PickleOpcode.TUPLE);
    }

    public PickleWriter OrderedDict() => Global("collections", "OrderedDict").Op(PickleOpcode.EMPTY_TUPLE).Op(PickleOpcode.REDUCE);

    public PickleWriter Storage(string type, string key, long length) => Op(PickleOpcode.MARK).Text("storage").Global("torch", type)
        .Text(key).Text("cpu").Whole(length).Op(PickleOpcode.TUPLE).Op(PickleOpcode.BINPERSID);

    public PickleWriter Tensor(string type, string key, long length, long offset, long[] size, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOpcode.MARK).Storage(type, key, length).Whole(offset).Wholes(size)
            .Wholes(strides).Op(PickleOpcode.NEWFALSE).OrderedDict().Op(PickleOpcode.TUPLE).Op(PickleOpcode.REDUCE);

    public byte[] Stop() => Op(PickleOpcode.STOP).ToArray();

    public byte[] ToArray() => [.. _bytes];

    /// <summary>A state_dict of one tensor w in storage 0.</summary>
    public static byte[] OneTensor(string type, long length, long offset, long[] size, long[] strides) => new PickleWriter().OrderedDict()
        .Text("w").Tensor(type, "0", length, offset, size, strides).Op(PickleOpcode.SETITEM).Stop();
}
