using System.Buffers.Binary;
using System.IO.Compression;
using LiquidControl.Neural;
using Xunit;
using static LiquidControl.Exchange.PickleOpcode;

namespace LiquidControl.Exchange.Tests;

public class PyTorchFileTests
{
    public static TheoryData<string> AllGolden => [.. Golden.Names];

    [Theory]
    [MemberData(nameof(AllGolden))]
    public void A_file_of_torch_holds_the_bits_of_its_safetensors_twin(string name)
    {
        SafetensorsFile twin = SafetensorsFile.Read(Golden.Safetensors(name));
        Dictionary<string, SafetensorsTensor> twins = twin.Tensors.ToDictionary(tensor => tensor.Name);
        IReadOnlyList<SafetensorsTensor> tensors = PyTorchFile.Read(Golden.PyTorch(name));
        Assert.Equal(twins.Count, tensors.Count);
        Assert.All(tensors, tensor =>
        {
            SafetensorsTensor same = twins[tensor.Name];
            Assert.Equal(same.Type, tensor.Type);
            Assert.Equal(same.Shape, tensor.Shape);
            Assert.True(same.Data.Span.SequenceEqual(tensor.Data.Span), tensor.Name);
        });
    }

    [Fact]
    public void Tensors_come_in_the_order_of_the_state_dict() => Assert.Equal(
        [
            "rnn_cell.backbone.0.weight", "rnn_cell.backbone.0.bias", "rnn_cell.ff1.weight", "rnn_cell.ff1.bias", "rnn_cell.ff2.weight",
            "rnn_cell.ff2.bias", "rnn_cell.time_a.weight", "rnn_cell.time_a.bias", "rnn_cell.time_b.weight", "rnn_cell.time_b.bias",
        ],
        PyTorchFile.Read(Golden.PyTorch("cfc_default_b1_lecun")).Select(tensor => tensor.Name));

    [Fact]
    public void Deflated_entries_are_read_like_stored_ones()
    {
        byte[] file = File.ReadAllBytes(Golden.PyTorch("ltc_fullyconnected_8u"));
        using ZipArchive zip = new(new MemoryStream(file));
        byte[] deflated = Archive.Zip(CompressionLevel.SmallestSize,
            zip.Entries.Select(entry => (entry.FullName, Archive.Entry(file, entry.FullName))));
        Assert.Equal(Archive.Parse(file).Select(Archive.Numbers), Archive.Parse(deflated).Select(Archive.Numbers));
    }

    public static TheoryData<long, long[], long[], double[]> Views => new()
    {
        { 0, [2, 3], [3, 1], [0, 1, 2, 3, 4, 5] },
        { 1, [2, 2], [2, 1], [1, 2, 3, 4] },
        { 0, [3, 2], [1, 3], [0, 3, 1, 4, 2, 5] },
        { 1, [2], [4], [1, 5] },
        { 2, [3], [0], [2, 2, 2] },
        { 5, [1, 1], [7, 9], [5] },
        { 3, [], [], [3] },
        { 6, [0, 4], [4, 1], [] },
        { 0, [2, 1, 3], [1, 99, 2], [0, 2, 4, 1, 3, 5] },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_is_laid_out_row_by_row(long offset, long[] size, long[] strides, double[] expected)
    {
        byte[] file = Archive.Of(PickleWriter.OneTensor("FloatStorage", 6, offset, size, strides), Archive.Floats(0, 1, 2, 3, 4, 5));
        SafetensorsTensor tensor = Assert.Single(Archive.Parse(file));
        Assert.Equal(size, tensor.Shape.Select(extent => (long)extent));
        Assert.Equal(expected, Archive.Numbers(tensor));
    }

    [Fact]
    public void Doubles_stay_doubles()
    {
        byte[] storage = new byte[16];
        BinaryPrimitives.WriteDoubleLittleEndian(storage, Math.PI);
        BinaryPrimitives.WriteDoubleLittleEndian(storage.AsSpan(8), -0.0);
        byte[] program = PickleWriter.OneTensor("DoubleStorage", 2, 0, [2], [1]);
        SafetensorsTensor tensor = Assert.Single(Archive.Parse(Archive.Of(program, storage)));
        Assert.Equal(TensorType.F64, tensor.Type);
        Assert.True(tensor.Data.Span.SequenceEqual(storage));
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    public void A_checkpoint_gives_the_state_dict_in_it_and_its_other_values_are_passed_over(string key)
    {
        byte[] program = new PickleWriter().Op(EMPTY_DICT).Op(MARK).Text("epoch").Op(BININT2, 1, 2)
            .Text("loss").Op(BINFLOAT, 63, 240, 0, 0, 0, 0, 0, 0)
            .Text("note").Text("ä").Text("best").Op(NONE).Text("seed").Op(LONG1, 9, 255, 255, 255, 255, 255, 255, 255, 255, 0)
            .Text("optimizer").Op(EMPTY_DICT).Op(MARK).Whole(0).Op(EMPTY_DICT).Text("betas").Op(NEWTRUE).Op(NEWFALSE).Op(TUPLE2)
            .Text("params").Op(EMPTY_LIST).Op(MARK).Whole(0).Whole(1).Op(APPENDS).Op(BININT1, 2).Op(APPEND).Op(SETITEMS)
            .Text(key).OrderedDict().Text("w").Global("torch._utils", "_rebuild_parameter").Tensor("FloatStorage", "0", 2, 0, [2], [1])
            .Op(NEWTRUE).OrderedDict().Op(TUPLE3).Op(REDUCE).Op(SETITEM).Op(EMPTY_DICT).Op(BUILD)
            .Op(SETITEMS).Stop();
        SafetensorsTensor tensor = Assert.Single(Archive.Parse(Archive.Of(program, Archive.Floats(1.5f, -2))));
        Assert.Equal("w", tensor.Name);
        Assert.Equal([1.5, -2], Archive.Numbers(tensor));
    }

    [Fact]
    public void Protocol_4_says_the_same_in_other_opcodes()
    {
        byte[] program = new PickleWriter().Op(FRAME, 20, 0, 0, 0, 0, 0, 0, 0).Op(SHORT_BINUNICODE, 11).Raw("collections"u8).Op(MEMOIZE)
            .Op(SHORT_BINUNICODE, 11).Raw("OrderedDict"u8).Op(MEMOIZE).Op(STACK_GLOBAL).Op(MEMOIZE).Op(EMPTY_TUPLE).Op(REDUCE)
            .Op(BINGET, 1).Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op(SETITEM)
            .Op(BINGET, 0).Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op(SETITEM).Stop();
        IReadOnlyList<SafetensorsTensor> tensors = Archive.Parse(Archive.Of(program, Archive.Floats(7)));
        Assert.Equal(["OrderedDict", "collections"], tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void One_storage_under_many_names_is_read_and_laid_out_once()
    {
        const int Names = 30_000;
        PickleWriter writer = new PickleWriter().OrderedDict().Op(MARK).Text("0")
            .Tensor("FloatStorage", "0", 10_000, 0, [100, 100], [1, 100]).Op(BINPUT, 1);
        for (int i = 1; i < Names; i++) writer.Text($"{i}").Op(BINGET, 1);
        byte[] file = Archive.Of(writer.Op(SETITEMS).Stop(), new byte[40_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Names, Archive.Parse(file).Count);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 30_000_000);
    }

    [Fact]
    public void A_missing_file_and_one_beyond_the_limit_are_refused_unread()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("huge.pt");
        using (FileStream stream = File.Create(path)) stream.SetLength(PyTorchFile.LargestFile + 1); // a sparse file takes no room
        Assert.Contains("file size", Assert.Throws<ModelFormatException>(() => PyTorchFile.Read(path)).Message);
        Assert.Contains("no such file", Assert.Throws<ModelFormatException>(() => PyTorchFile.Read(folder.File("none"))).Message);
    }
}
