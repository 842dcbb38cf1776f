using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// Interprets the pickle program of a PyTorch state_dict. It knows the opcodes and names that state_dicts need and refuses all others; it
/// executes nothing: an OrderedDict becomes a <see cref="PickleDictionary"/>, a tensor a <see cref="PyTorchTensor"/>, and no value is ever
/// walked, so that shared, deep or circular values cost what their opcodes cost. Opcodes: Python, Lib/pickletools.py.
/// </summary>
internal sealed class PickleMachine
{
    private const int OldestProtocol = 2;
    private const int NewestProtocol = 5;

    private readonly PickleProgram _program;
    private readonly PickleStack _stack;
    private readonly PyTorchObjects _objects;
    private readonly Dictionary<uint, object?> _memo = [];

    private PickleMachine(PickleProgram program)
    {
        _program = program;
        _stack = new PickleStack(program);
        _objects = new PyTorchObjects(program);
    }

    /// <summary>The value the program leaves: null, bool, long, double, string, a tuple, list or dictionary, or a tensor.</summary>
    /// <exception cref="ModelFormatException">The program is damaged, too large or does more than a state_dict needs.</exception>
    public static object? Run(ReadOnlyMemory<byte> program, string file) => new PickleMachine(new PickleProgram(program, file)).Run();

    private object? Run()
    {
        if (_program.NextOpcode() != PickleOpcode.PROTO) throw Unknown("PROTO, with which every program begins");
        ReadProtocol();
        for (PickleOpcode opcode = _program.NextOpcode(); opcode != PickleOpcode.STOP; opcode = _program.NextOpcode()) Step(opcode);
        object? result = _stack.Pop();
        if (_stack.Count > 0 || _stack.HasMark) throw _program.Wrong("more than one value on the stack", "the result alone");
        if (_program.Remaining > 0) throw _program.Wrong($"{_program.Remaining} bytes after it", "the end of the program");
        return result;
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.FRAME:
                ReadFrame();
                break;
            case PickleOpcode.MARK:
                _stack.PushMark();
                break;
            case PickleOpcode.BINPUT:
                _memo[_program.ReadByte()] = _stack.Peek();
                break;
            case PickleOpcode.LONG_BINPUT:
                _memo[_program.ReadUInt32()] = _stack.Peek();
                break;
            case PickleOpcode.MEMOIZE:
                _memo[(uint)_memo.Count] = _stack.Peek();
                break;
            case PickleOpcode.SETITEM:
                SetItems(_stack.Pop(2));
                break;
            case PickleOpcode.SETITEMS:
                SetItems(_stack.PopToMark());
                break;
            case PickleOpcode.APPEND:
                Append(_stack.Pop(1));
                break;
            case PickleOpcode.APPENDS:
                Append(_stack.PopToMark());
                break;
            case PickleOpcode.BUILD:
                _objects.Build(_stack.Pop(), _stack.Peek());
                break;
            default:
                _stack.Push(Value(opcode));
                break;
        }
    }

    /// <summary>The value that an opcode puts on the stack in place of its arguments.</summary>
    private object? Value(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.NONE => null,
        PickleOpcode.NEWTRUE => true,
        PickleOpcode.NEWFALSE => false,
        PickleOpcode.BININT => (long)_program.ReadInt32(),
        PickleOpcode.BININT1 => (long)_program.ReadByte(),
        PickleOpcode.BININT2 => (long)_program.ReadUInt16(),
        PickleOpcode.LONG1 => _program.ReadLong(),
        PickleOpcode.BINFLOAT => _program.ReadDouble(),
        PickleOpcode.BINUNICODE => _program.ReadString(_program.ReadUInt32()),
        PickleOpcode.SHORT_BINUNICODE => _program.ReadString(_program.ReadByte()),
        PickleOpcode.EMPTY_DICT => new PickleDictionary(ordered: false),
        PickleOpcode.EMPTY_LIST => new PickleList(),
        PickleOpcode.EMPTY_TUPLE => PickleTuple.Empty,
        PickleOpcode.TUPLE => new PickleTuple(_stack.PopToMark()),
        PickleOpcode.TUPLE1 => new PickleTuple(_stack.Pop(1)),
        PickleOpcode.TUPLE2 => new PickleTuple(_stack.Pop(2)),
        PickleOpcode.TUPLE3 => new PickleTuple(_stack.Pop(3)),
        PickleOpcode.BINGET => Remembered(_program.ReadByte()),
        PickleOpcode.LONG_BINGET => Remembered(_program.ReadUInt32()),
        PickleOpcode.GLOBAL => _objects.Find(_program.ReadLine(), _program.ReadLine()),
        PickleOpcode.STACK_GLOBAL => FindStacked(),
        PickleOpcode.BINPERSID => _objects.Storage(_stack.Pop()),
        PickleOpcode.REDUCE => Reduce(),
        _ => throw Unknown("an opcode that a state_dict needs"),
    };

    private void ReadProtocol()
    {
        byte protocol = _program.ReadByte();
        if (protocol is >= OldestProtocol and <= NewestProtocol) return;
        throw _program.Wrong($"pickle protocol {protocol}", $"{OldestProtocol} to {NewestProtocol}");
    }

    private void ReadFrame()
    {
        ulong length = _program.ReadUInt64();
        if (length > (ulong)_program.Remaining) throw _program.Wrong($"a frame of {length} bytes", $"at most {_program.Remaining}");
    }

    private object? Remembered(uint index) => _memo.TryGetValue(index, out object? value)
        ? value
        : throw _program.Wrong($"number {index} of the memo, which nothing was put under", "a number put before");

    private object FindStacked() => _stack.Pop(2) is [string module, string name]
        ? _objects.Find(module, name)
        : throw _program.Wrong("a name that is not a string", "the strings of a module and a name");

    private object Reduce()
    {
        object?[] call = _stack.Pop(2);
        if (call[0] is not PickleGlobal callee) throw _program.Wrong("a call of something that is not a name", "a known name");
        if (call[1] is not PickleTuple arguments) throw _program.Wrong("a call without a tuple of arguments", "a tuple");
        return _objects.Call(callee, arguments.Items);
    }

    private void SetItems(object?[] items)
    {
        if (_stack.Peek() is not PickleDictionary dictionary) throw _program.Wrong("entries for something else", "a dict below them");
        if (items.Length % 2 != 0) throw _program.Wrong("a key without a value", "pairs");
        for (int i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long)) throw _program.Wrong("a key of another kind", "a string or a whole number");
            if (!dictionary.TryAdd(items[i]!, items[i + 1])) throw _program.Wrong($"the key '{items[i]}' twice", "each key once");
        }
    }

    private void Append(object?[] items)
    {
        if (_stack.Peek() is not PickleList) throw _program.Wrong($"{items.Length} items for something else", "a list below them");
    }

    private ModelFormatException Unknown(string expected) =>
        _program.Wrong("an opcode outside the known ones", expected, PyTorchObjects.SaveNumbers);
}
