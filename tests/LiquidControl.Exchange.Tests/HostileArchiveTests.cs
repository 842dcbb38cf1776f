using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LiquidControl.Neural;
using Xunit;
using static System.IO.Compression.CompressionLevel;
using static LiquidControl.Exchange.PickleOpcode;

namespace LiquidControl.Exchange.Tests;

/// <summary>Archives that torch.save never writes, and files of other kinds that it or its predecessors do.</summary>
public class HostileArchiveTests
{
    private static readonly byte[] Program = PickleWriter.OneTensor("FloatStorage", 2, 0, [2], [1]);
    private static readonly byte[] Storage = Archive.Floats(1, 2);

    public static TheoryData<string, byte[], string> Archives => new()
    {
        { "no program", Zip(("m/data/0", Storage)), "no data.pkl" },
        { "a program at the top", Zip(("data.pkl", Program)), "no data.pkl" },
        { "no storage", Zip(("m/data.pkl", Program)), "data/0: found no such entry" },
        { "a storage too short", Zip(("m/data.pkl", Program), ("m/data/0", Storage[..7])), "data/0: found 7 bytes, expected 8" },
        { "a storage too long", Zip(("m/data.pkl", Program), ("m/data/0", [.. Storage, 0])), "data/0: found 9 bytes, expected at most 8" },
        { "two programs", Zip(("m/data.pkl", Program), ("m/data.pkl", Program)), "two entries of this name" },
        { "an entry of another folder", Zip(("m/data.pkl", Program), ("n/data/0", Storage)), "an entry 'n/data/0'" },
        { "an entry that climbs out", Zip(("m/data.pkl", Program), ("m/../../etc/passwd", Storage)), "an entry 'm/../../etc/passwd'" },
        { "a folder that climbs out", Zip(("../data.pkl", Program), ("../data/0", Storage)), "an entry '../data.pkl'" },
        { "an entry at the root", Zip(("m/data.pkl", Program), ("/data/0", Storage)), "an entry '/data/0'" },
        { "a backslash", Zip(("m/data.pkl", Program), ("m/data\\0", Storage)), "an entry 'm/data\\0'" },
        { "big-endian", Zip(("m/data.pkl", Program), ("m/byteorder", "big"u8.ToArray())), "byteorder: found another" },
        { "TorchScript", Zip(("m/data.pkl", Program), ("m/constants.pkl", Program)), "torch.jit.load" },
        { "TorchScript's code", Zip(("m/data.pkl", Program), ("m/code/__torch__.py", [])), "a TorchScript program" },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public void A_hostile_archive_is_refused(string fault, byte[] file, string message)
    {
        string refusal = Refusal(file);
        Assert.True(refusal.Contains(message, StringComparison.Ordinal), $"{fault}: {refusal}");
        Assert.StartsWith("file: ", refusal);
    }

    public static TheoryData<string, byte[], string> OtherFiles => new()
    {
        { "nothing", [], "expected the zip of a PyTorch file" },
        { "text", "hello world, this is no model"u8.ToArray(), "expected the zip of a PyTorch file" },
        {
            "PyTorch before 1.6", [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
            "PyTorch 1.6 or later"
        },
        { "a zip's beginning alone", "PK\u0003\u0004"u8.ToArray(), "end of file" },
        { "a value that is no dict", Archive.Of([0x80, 2, (byte)'N', (byte)'.']), "a value that is no dict" },
        { "an empty dict", Archive.Of([0x80, 2, (byte)'}', (byte)'.']), "an empty dict" },
        {
            "a whole module", Archive.Of(new PickleWriter().Global("__main__", "Net").Op(EMPTY_TUPLE).Op(NEWOBJ).Stop()),
            "'__main__.Net', expected only the dicts and tensors of a state_dict. Nothing of the file was executed. Save the numbers"
        },
        {
            "two state_dicts", Archive.Of(new PickleWriter().Op(EMPTY_DICT).Text("state_dict").OrderedDict().Op(SETITEM)
                .Text("model_state_dict").OrderedDict().Op(SETITEM).Stop()),
            "state_dict and model_state_dict"
        },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void A_file_of_another_kind_is_named_with_what_to_do(string kind, byte[] file, string message)
    {
        string refusal = Refusal(file);
        Assert.True(refusal.Contains(message, StringComparison.Ordinal), $"{kind}: {refusal}");
        Assert.Contains("torch.save", refusal.Replace(PickleProgram.Damaged, "torch.save", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bomb_is_refused_without_inflating_it()
    {
        byte[] bomb = Archive.Zip(SmallestSize, ("m/data.pkl", Program), ("m/data/0", new byte[300_000_000]));
        RefusedFor(bomb, 1_000_000, $"expected at most {16 * bomb.Length + (1 << 20)} in all");
        byte[] program = Archive.Zip(SmallestSize, ("m/data.pkl", new byte[30_000_000]));
        RefusedFor(program, 1_000_000, "data.pkl: found 30000000 bytes");
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 7)]
    [InlineData(8, 9)]
    [InlineData(8, 8255)]
    [InlineData(2_000_000, 8)]
    public void An_entry_that_holds_more_or_less_than_it_claims_is_refused(int real, int claimed)
    {
        foreach (CompressionLevel level in new[] { NoCompression, SmallestSize })
        {
            byte[] program = PickleWriter.OneTensor("FloatStorage", claimed / 4, 0, [claimed / 4], [1]);
            byte[] file = Archive.Zip(level, ("m/data/0", new byte[real]), ("m/data.pkl", program));
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(IndexOfDirectory(file) + 24), claimed);
            RefusedFor(file, 300_000, "data/0");
        }
    }

    [Fact]
    public void A_flipped_bit_among_the_numbers_is_refused()
    {
        byte[] file = Archive.Of(Program, Storage);
        int place = file.AsSpan().IndexOf(Storage);
        file[place + 6] ^= 1;
        Assert.Contains("data/0: found bytes with another checksum", Refusal(file));
    }

    [Fact]
    public void A_claim_beyond_what_deflate_can_hold_reserves_no_memory()
    {
        byte[] program = PickleWriter.OneTensor("FloatStorage", 50_000_000, 0, [50_000_000], [1]);
        byte[] file = Archive.Zip(SmallestSize, ("m/data/0", new byte[8]), ("m/data.pkl", program));
        int directory = IndexOfDirectory(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + 24), 200_000_000);
        RefusedFor(file, 300_000, "at most 1032 times as many");
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + 20), 200_000_000);
        RefusedFor(file, 300_000, "200000000 packed bytes");
    }

    [Fact]
    public void A_directory_of_too_many_entries_or_too_long_names_is_refused_unread()
    {
        RefusedFor(Zip([.. Enumerable.Range(0, 10_000).Select(i => ($"m/data/{i}", Storage))]), 300_000, "10000 entries");
        string name = new('a', 40_000);
        RefusedFor(Zip([.. Enumerable.Range(0, 60).Select(i => ($"m/{i}{name}", Storage))]), 300_000, "60 entries in 24");
    }

    [Fact]
    public void A_directory_that_lies_about_its_length_stays_bounded()
    {
        byte[] file = Archive.Zip(NoCompression, Enumerable.Range(0, 20_000).Select(i => ($"m/{i}", Array.Empty<byte>())));
        Span<byte> end = file.AsSpan(file.Length - 22);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 1);
        RefusedFor(file, 20_000_000, "zip directory");
        BinaryPrimitives.WriteUInt16LittleEndian(end[4..], ushort.MaxValue);
        RefusedFor(file, 300_000, "end of file");
    }

    [Fact]
    public void Every_truncation_of_an_archive_is_refused()
    {
        byte[] file = File.ReadAllBytes(Golden.PyTorch("cfc_default_b1_lecun"));
        for (int length = 0; length < file.Length; length++) Refusal(file[..length]);
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => Archive.Zip(NoCompression, entries);

    /// <summary>Where the first entry's description begins: sizes 20 and 24 bytes after it.</summary>
    private static int IndexOfDirectory(byte[] file) => file.AsSpan().IndexOf(Encoding.Latin1.GetBytes("PK\u0001\u0002"));

    private static void RefusedFor(byte[] file, long mostBytes, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(message, Refusal(file));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < mostBytes, $"{allocated} bytes");
    }

    private static string Refusal(byte[] file) => Assert.Throws<ModelFormatException>(() => Archive.Parse(file)).Message;
}
