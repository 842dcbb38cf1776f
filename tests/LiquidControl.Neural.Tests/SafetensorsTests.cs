using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace LiquidControl.Neural.Tests;

public class SafetensorsTests
{
    private const string OneTensor = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static TheoryData<string> AllGolden =>
        [.. Golden.Dense, "cfc_mixed_default_b1", "cfc_wired_fullyconnected", "ltc_fullyconnected_8u"];

    [Theory]
    [MemberData(nameof(AllGolden))]
    public void A_file_of_the_reference_library_is_written_back_byte_for_byte(string name)
    {
        byte[] bytes = File.ReadAllBytes(Golden.Tensors(name));
        Assert.Equal(bytes, SafetensorsFile.Parse(bytes, name).ToBytes());
    }

    [Fact]
    public void Numbers_shapes_and_metadata_are_read()
    {
        byte[] data = new byte[24];
        BinaryPrimitives.WriteSingleLittleEndian(data, 1.5f);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4), -0.0f);
        BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8), Math.PI);
        BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(16), double.NegativeInfinity);
        SafetensorsFile file = SafetensorsFile.Parse(Bytes(
            """
            {"b":{"shape":[2,1],"data_offsets":[8,24],"dtype":"F64"},"__metadata__":{"k":"v\"ä","e":""},
             "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"s":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}
            """, data), "file");
        Assert.Equal(["b", "a", "s"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2, 1], file.Tensors[0].Shape);
        Assert.Equal([Math.PI, double.NegativeInfinity], Doubles(file.Tensors[0]));
        Assert.Equal([1.5, -0.0], Doubles(file.Tensors[1]));
        Assert.Empty(Doubles(file.Tensors[2]));
        Assert.Equal([KeyValuePair.Create("k", "v\"ä"), KeyValuePair.Create("e", "")], file.Metadata);
    }

    public static TheoryData<string, string, int, string> Hostile => new()
    {
        { "unknown type", """{"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}}""", 8, "found 'Q7', expected F32 or F64" },
        { "unsupported type", """{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""", 8, "tensor 'a', dtype: found 'BF16'" },
        { "type not a string", """{"a":{"dtype":3,"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype: found Number" },
        { "shape of 2^60", """{"a":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,8]}}""", 8, "1152921504606846976" },
        {
            "product of 2^60", """{"a":{"dtype":"F32","shape":[1073741824,1073741824],"data_offsets":[0,8]}}""", 8,
            "more than the file holds"
        },
        {
            "product that wraps to 0", """{"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0,
            "more than the file"
        },
        { "zero times much", """{"a":{"dtype":"F32","shape":[2147483647,2147483647,0],"data_offsets":[0,0]}}""", 0, "more than the file" },
        { "negative extent", """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "found -2" },
        { "fractional extent", """{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "found 2.5" },
        {
            "extent of 400 digits", $$$"""{"a":{"dtype":"F32","shape":[{{{new string('9', 400)}}}],"data_offsets":[0,8]}}""", 8,
            "whole number"
        },
        { "nested shape", """{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", 8, "shape" },
        { "rank of nine", """{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", 8, "more than 8 dimensions" },
        { "range beyond the file", """{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "data_offsets: found 16" },
        { "range of 2^63", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", 8, "data_offsets" },
        { "range backwards", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "begin before end" },
        { "range of three", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8, "two whole numbers" },
        { "range of one", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "data_offsets" },
        {
            "range unlike the shape", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8,
            "found data_offsets of 8 bytes, expected 4"
        },
        {
            "overlap",
            """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
            "tensor 'b', data_offsets: found begin 4, an overlap"
        },
        {
            "the same range twice",
            """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlap"
        },
        {
            "gap",
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12,
            "tensor 'b', data_offsets: found begin 8, a gap before it"
        },
        { "trailing bytes", OneTensor, 9, "end of file: found 1 bytes that belong to no tensor" },
        { "missing bytes", OneTensor, 7, "tensor 'a', data_offsets: found 8" },
        {
            "a tensor twice",
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
            "'a' twice"
        },
        { "a field twice", """{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'dtype' twice" },
        { "an unknown field", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "'x'" },
        { "no shape", """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "incomplete" },
        { "metadata not strings", """{"__metadata__":{"k":1}}""", 0, "__metadata__ 'k'" },
        { "metadata key twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0, "'k' twice" },
        { "metadata an array", """{"__metadata__":[]}""", 0, "__metadata__" },
        { "not an object", "[]", 0, "a JSON object" },
        { "not JSON", "{\"a\":", 0, "not valid JSON" },
        {
            "a key that is not UTF-8 when unescaped", """{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8,
            "not valid JSON"
        },
        { "nothing", "", 0, "not valid JSON" },
        { "two objects", "{} {}", 0, "not valid JSON" },
        { "deep nesting", new string('[', 1000), 0, "header" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_header_is_refused_with_file_place_found_and_expected(string fault, string header, int dataLength, string message)
    {
        byte[] bytes = Bytes(header, new byte[dataLength]);
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => SafetensorsFile.Parse(bytes, "file"));
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{fault}: {error.Message}");
        Assert.StartsWith("file: ", error.Message);
        Assert.Contains("expected", error.Message);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1000UL)]
    public void A_header_longer_than_the_file_is_refused(ulong length)
    {
        byte[] bytes = Bytes(OneTensor, new byte[8]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Contains($"found {length} bytes", Assert.Throws<ModelFormatException>(() => SafetensorsFile.Parse(bytes, "file")).Message);
    }

    [Fact]
    public void A_header_longer_than_the_limit_is_refused()
    {
        byte[] bytes = new byte[SafetensorsFile.LongestHeader + 100];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, SafetensorsFile.LongestHeader + 1);
        Assert.Contains("at most 4194304", Assert.Throws<ModelFormatException>(() => SafetensorsFile.Parse(bytes, "file")).Message);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Golden.Tensors("cfc_pure_b0"));
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlyMemory<byte> part = bytes.AsMemory(0, length);
            Assert.Throws<ModelFormatException>(() => SafetensorsFile.Parse(part, "file"));
        }
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_unread()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("huge.safetensors");
        using (FileStream stream = File.Create(path)) stream.SetLength(SafetensorsFile.LargestFile + 1); // a sparse file takes no room
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("file size", Assert.Throws<ModelFormatException>(() => SafetensorsFile.Read(path)).Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        Assert.Contains("no such file", Assert.Throws<ModelFormatException>(() => SafetensorsFile.Read(folder.File("none"))).Message);
    }

    [Fact]
    public void Writing_replaces_the_file_and_leaves_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.safetensors");
        File.WriteAllText(path, "old");
        SafetensorsFile.Parse(Bytes(OneTensor, new byte[8]), "file").Write(path);
        Assert.Equal(["a.safetensors"], folder.Names);
        Assert.Equal(0, File.ReadAllBytes(path).Length % 8);
        Assert.Equal("a", SafetensorsFile.Read(path).Tensors[0].Name);
    }

    private static double[] Doubles(SafetensorsTensor tensor)
    {
        double[] values = new double[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }

    private static byte[] Bytes(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);
        return bytes;
    }
}
