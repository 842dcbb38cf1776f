using LiquidControl.Neural;
using Xunit;
using static LiquidControl.Exchange.PickleOpcode;

namespace LiquidControl.Exchange.Tests;

/// <summary>Programs that a state_dict never is. Each is put together here, and each must be refused at its place.</summary>
public class HostilePickleTests
{
    private const string Remedy = "torch.save(model.state_dict(), path)";

    public static TheoryData<string, string> ForeignNames => new()
    {
        { "os", "system" }, { "posix", "system" }, { "builtins", "eval" }, { "__builtin__", "exec" },
        { "torch.storage", "_load_from_bytes" },
        { "torch.jit._pickle", "restore_type_tag" }, { "__main__", "Net" }, { "torch.nn.modules.linear", "Linear" },
        { "collections", "OrderedDict.fromkeys" }, { "collections.OrderedDict", "OrderedDict" }, { "torch._utils", "_rebuild_tensor" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(ForeignNames))]
    public void A_name_outside_the_known_ones_is_refused_whichever_opcode_brings_it(string module, string name)
    {
        byte[] direct = new PickleWriter().Global(module, name).Text("true").Op(TUPLE1).Op(REDUCE).Stop();
        Assert.Contains($"offset 2, opcode GLOBAL (0x63): found the name '{module}.{name}'", Refusal(direct));
        Assert.Contains(Remedy, Refusal(direct));
        byte[] stacked = new PickleWriter().Text(module).Text(name).Op(STACK_GLOBAL).Text("true").Op(TUPLE1).Op(REDUCE).Stop();
        Assert.Contains($"opcode STACK_GLOBAL (0x93): found the name '{module}.{name}'", Refusal(stacked));
    }

    [Theory]
    [InlineData("torch", "HalfStorage")]
    [InlineData("torch", "BFloat16Storage")]
    [InlineData("torch", "LongStorage")]
    [InlineData("torch", "IntStorage")]
    [InlineData("torch", "BoolStorage")]
    [InlineData("torch.storage", "UntypedStorage")]
    public void Numbers_of_another_format_are_refused_with_the_call_that_converts_them(string module, string name)
    {
        string message = Refusal(new PickleWriter().Global(module, name).Stop());
        Assert.Contains($"{module}.{name}", message);
        Assert.Contains(".float()", message);
    }

    /// <summary>Every byte as the first opcode: it is known, or refused by name and byte. None is skipped.</summary>
    [Fact]
    public void An_opcode_outside_the_known_ones_is_never_skipped()
    {
        PickleOpcode[] known =
        [
            MARK, STOP, BININT, BININT1, BININT2, NONE, BINPERSID, REDUCE, BINUNICODE, APPEND, BUILD, GLOBAL, EMPTY_DICT, APPENDS, BINGET,
            LONG_BINGET, EMPTY_LIST, BINPUT, LONG_BINPUT, SETITEM, TUPLE, EMPTY_TUPLE, SETITEMS, BINFLOAT, TUPLE1, TUPLE2, TUPLE3, NEWTRUE,
            NEWFALSE, LONG1, SHORT_BINUNICODE, STACK_GLOBAL, MEMOIZE, FRAME,
        ];
        for (int code = 0; code < 256; code++)
        {
            PickleOpcode opcode = (PickleOpcode)code;
            if (known.Contains(opcode)) continue;
            byte[] program = new PickleWriter().Op(EMPTY_DICT).Op(EMPTY_DICT).Op(opcode, new byte[16]).Stop();
            string name = Enum.IsDefined(opcode) ? $"{opcode} (0x{code:x2})" : $"0x{code:x2}";
            Assert.Contains($"data.pkl, offset 4, opcode {name}: found an opcode outside the known ones", Refusal(program));
        }
    }

    public static TheoryData<string, byte[], string> Malformed => new()
    {
        { "nothing", [], "offset 0: found the end of the program" },
        { "no PROTO", [(byte)NONE, (byte)STOP], "NONE (0x4e): found an opcode outside the known ones, expected PROTO" },
        { "protocol 1", [(byte)PROTO, 1, (byte)NONE, (byte)STOP], "pickle protocol 1" },
        { "protocol 6", [(byte)PROTO, 6, (byte)NONE, (byte)STOP], "pickle protocol 6" },
        { "no STOP", New().Op(EMPTY_DICT).ToArray(), "expected an opcode STOP" },
        { "STOP on nothing", New().Stop(), "STOP (0x2e): found an empty stack" },
        { "STOP on two values", New().Op(NONE).Op(NONE).Stop(), "more than one value" },
        { "STOP above a mark", New().Op(NONE).Op(MARK).Stop(), "empty stack" },
        { "STOP below a mark", New().Op(MARK).Op(NONE).Stop(), "more than one value" },
        { "bytes after STOP", New().Op(NONE).Op(STOP).Stop(), "1 bytes after it" },
        { "call of a number", New().Whole(1).Op(EMPTY_TUPLE).Op(REDUCE).Stop(), "REDUCE (0x52): found a call of something that" },
        { "call of a dict", New().Op(EMPTY_DICT).Op(EMPTY_TUPLE).Op(REDUCE).Stop(), "not a name" },
        { "call of a text", New().Text("os.system").Op(EMPTY_TUPLE).Op(REDUCE).Stop(), "not a name" },
        { "call of a storage type", New().Global("torch", "FloatStorage").Op(EMPTY_TUPLE).Op(REDUCE).Stop(), "a call of FloatStorage" },
        { "call without a tuple", New().Global("collections", "OrderedDict").Op(EMPTY_LIST).Op(REDUCE).Stop(), "without a tuple" },
        { "OrderedDict of none", New().Global("collections", "OrderedDict").Op(NONE).Op(TUPLE1).Op(REDUCE).Stop(), "OrderedDict with 1" },
        { "attributes for a dict", New().Op(EMPTY_DICT).Op(EMPTY_DICT).Op(BUILD).Stop(), "BUILD (0x62): found attri" },
        { "attributes for a type", New().Global("torch", "FloatStorage").Op(EMPTY_DICT).Op(BUILD).Stop(), "BUILD (0x62): found attri" },
        { "attributes that are no dict", New().OrderedDict().Op(NONE).Op(BUILD).Stop(), "BUILD (0x62): found attri" },
        { "attributes for nothing", New().Op(EMPTY_DICT).Op(BUILD).Stop(), "empty stack" },
        { "TUPLE without a mark", New().Op(NONE).Op(TUPLE).Stop(), "without a mark" },
        { "TUPLE3 of two", New().Op(NONE).Op(NONE).Op(TUPLE3).Stop(), "a stack of 2 values" },
        { "TUPLE2 through a mark", New().Op(NONE).Op(MARK).Op(NONE).Op(TUPLE2).Stop(), "a stack of 1 values" },
        { "SETITEM of one", New().Op(NONE).Op(SETITEM).Stop(), "a stack of 1 values" },
        { "SETITEM on a list", New().Op(EMPTY_LIST).Whole(1).Whole(1).Op(SETITEM).Stop(), "entries for something else" },
        { "SETITEMS of three", New().Op(EMPTY_DICT).Op(MARK).Whole(1).Whole(2).Whole(3).Op(SETITEMS).Stop(), "key without a value" },
        { "a dict as key", New().Op(EMPTY_DICT).Op(EMPTY_DICT).Op(NONE).Op(SETITEM).Stop(), "a key of another kind" },
        { "a key twice", New().Op(EMPTY_DICT).Op(MARK).Text("k").Whole(1).Text("k").Whole(2).Op(SETITEMS).Stop(), "'k' twice" },
        { "APPEND on a dict", New().Op(EMPTY_DICT).Op(NONE).Op(APPEND).Stop(), "APPEND (0x61): found 1 items for something else" },
        { "BINGET of nothing", New().Op(BINGET, 7).Stop(), "number 7 of the memo" },
        { "LONG_BINGET of nothing", New().Op(LONG_BINGET, 255, 255, 255, 255).Stop(), "number 4294967295 of the memo" },
        { "BINPUT of nothing", New().Op(BINPUT, 0).Stop(), "empty stack" },
        { "BINPUT of a mark", New().Op(NONE).Op(MARK).Op(BINPUT, 0).Stop(), "empty stack" },
        { "a string of 4 GB", New().Op(BINUNICODE, 255, 255, 255, 255).Stop(), "a string of 4294967295 bytes" },
        { "a string of 2 GB", New().Op(BINUNICODE, 0, 0, 0, 128).Stop(), "a string of 2147483648 bytes" },
        { "a string beyond the end", New().Op(BINUNICODE, 0, 0, 15, 0).Stop(), "the end of the program after 1 bytes" },
        { "a string that is not UTF-8", New().Op(SHORT_BINUNICODE, 2, 0xc3, 0x28).Stop(), "not UTF-8" },
        { "a number beyond the end", New().Op(LONG1, 255).Stop(), "the end of the program" },
        { "a frame beyond the end", New().Op(FRAME, 255, 255, 255, 255, 255, 255, 255, 255).Stop(), "a frame of 18446744073709551615" },
        { "a name without an end", New().Op(GLOBAL).Raw(new byte[5000]).Stop(), "a name without an end" },
        { "a name of numbers", New().Whole(1).Whole(2).Op(STACK_GLOBAL).Stop(), "a name that is not a string" },
        { "a persistent id of text", New().Text("storage").Op(BINPERSID).Stop(), "a persistent id of another form" },
        {
            "a storage of a dict type", New().Op(MARK).Text("storage").Global("collections", "OrderedDict").Text("0").Text("cpu").Whole(1)
                .Op(TUPLE).Op(BINPERSID).Stop(),
            "a persistent id of another form"
        },
        { "a storage named ../x", New().Storage("FloatStorage", "../x", 1).Stop(), "a storage's key" },
        { "a storage without a name", New().Storage("FloatStorage", "", 1).Stop(), "a storage's key" },
        { "a storage of -1", New().Storage("FloatStorage", "0", -1).Stop(), "a storage of -1 numbers" },
        { "a storage of 2^62", New().Storage("FloatStorage", "0", 1L << 62).Stop(), "a storage of 4611686018427387904" },
        { "a storage twice unlike", New().Storage("FloatStorage", "0", 4).Storage("DoubleStorage", "0", 2).Stop(), "4 of F32 as before" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_program_is_refused_with_file_place_found_and_expected(string fault, byte[] program, string message)
    {
        string refusal = Refusal(program);
        Assert.True(refusal.Contains(message, StringComparison.Ordinal), $"{fault}: {refusal}");
        Assert.StartsWith("file: data.pkl, offset ", refusal);
        Assert.Contains("expected", refusal);
    }

    public static TheoryData<string, long, long, long[], long[], string> HostileViews => new()
    {
        { "negative extent", 6, 0, [-1], [1], "an extent of -1" },
        { "extent of 2^31", 6, 0, [1L << 31], [0], "an extent of 2147483648" },
        { "product that wraps to 0", 6, 0, [1 << 30, 1 << 30, 1 << 30, 16], [0, 0, 0, 0], "a tensor of shape" },
        { "much of one number", 6, 0, [1 << 27], [0], "a tensor of shape" },
        { "zero times much", 6, 0, [1 << 30, 0], [0, 0], "a tensor of shape" },
        { "negative stride", 6, 5, [2], [-1], "a stride of -1" },
        { "stride of 2^62", 6, 0, [2], [1L << 62], "a stride of 4611686018427387904" },
        { "reach that wraps around", 6, 0, [3, 3, 3, 3], [int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue], "beyond storage 0" },
        { "one number too far", 6, 0, [2, 3], [4, 1], "beyond storage 0" },
        { "an extent too many", 6, 0, [7], [1], "beyond storage 0" },
        { "offset at the end", 6, 6, [1], [1], "beyond storage 0" },
        { "offset of -1", 6, -1, [1], [1], "offset -1" },
        { "offset beyond the end", 6, 7, [0], [1], "offset 7" },
        { "offset that wraps around", 6, 1L << 32, [1], [1], "offset 4294967296" },
        { "two strides for one extent", 6, 0, [1], [1, 1], "2 strides" },
        { "rank of nine", 6, 0, [1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1], "9 dimensions" },
        { "anything of an empty storage", 0, 0, [1], [1], "beyond storage 0" },
    };

    [Theory]
    [MemberData(nameof(HostileViews))]
    public void A_view_that_leaves_its_storage_is_refused(
        string fault, long length, long offset, long[] size, long[] strides, string message)
    {
        string refusal = Refusal(PickleWriter.OneTensor("FloatStorage", length, offset, size, strides));
        Assert.True(refusal.Contains(message, StringComparison.Ordinal), $"{fault}: {refusal}");
        Assert.Contains("opcode REDUCE (0x52)", refusal);
    }

    [Fact]
    public void A_tensor_with_wrong_arguments_is_refused()
    {
        PickleWriter six = New().Global("torch._utils", "_rebuild_tensor_v2").Op(MARK).Repeat(6, writer => writer.Op(NONE));
        Assert.Contains("a call of RebuildTensor with 6 arguments", Refusal(six.Op(TUPLE).Op(REDUCE).Stop()));
        // A seventh argument may say that the numbers stand negated.
        PickleWriter seven = New().Global("torch._utils", "_rebuild_tensor_v2").Op(MARK).Storage("FloatStorage", "0", 1).Whole(0)
            .Wholes([1]).Wholes([1]).Op(NEWFALSE).OrderedDict().Op(EMPTY_DICT).Text("neg").Op(NEWTRUE).Op(SETITEM);
        Assert.Contains("a call of RebuildTensor with 7 arguments", Refusal(seven.Op(TUPLE).Op(REDUCE).Stop()));
        PickleWriter texts = New().Global("torch._utils", "_rebuild_tensor_v2").Op(MARK).Storage("FloatStorage", "0", 1).Whole(0)
            .Text("1").Op(TUPLE1).Wholes([1]).Op(NEWFALSE).OrderedDict();
        Assert.Contains("an extent that is not a whole number", Refusal(texts.Op(TUPLE).Op(REDUCE).Stop()));
    }

    public static TheoryData<string> AllGolden => [.. Golden.Names];

    [Theory]
    [MemberData(nameof(AllGolden))]
    public void Every_truncation_of_a_program_is_refused(string name)
    {
        byte[] program = Archive.Entry(File.ReadAllBytes(Golden.PyTorch(name)), $"{name}/data.pkl");
        Assert.IsType<PickleDictionary>(PickleMachine.Run(program, "file"));
        for (int length = 0; length < program.Length; length++)
        {
            ReadOnlyMemory<byte> part = program.AsMemory(0, length);
            Assert.Throws<ModelFormatException>(() => PickleMachine.Run(part, "file"));
        }
    }

    private static PickleWriter New() => new();

    private static string Refusal(byte[] program) =>
        Assert.Throws<ModelFormatException>(() => PickleMachine.Run(program, "file")).Message;
}
