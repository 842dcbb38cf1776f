using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LiquidControl.Fuzz.Tests;

/// <summary>
/// Inputs that ask for much by their length, which is more than a corpus should hold: each took seconds or hundreds of megabytes before
/// its reader was mended.
/// </summary>
[Collection(TimedReading.Collection)]
public class HostileInputTests
{
    public static TheoryData<string, string> Inputs => new()
    {
        { "description", "many lists under a long key" },
        { "safetensors", "many lists under a long key" },
        { "pickle", "whole numbers of one hash" },
        { "pickle", "one number seen as many" },
        { "pickle", "a tuple in a tuple in a tuple" },
        { "pt", "numbers that deflate well" },
        { "robot", "keys that nobody knows" },
        { "robot", "tables that nobody knows" },
        { "robot", "joints without end" },
        { "robot", "poses without end" },
        { "robot", "a key of parts without end" },
        { "scenario", "events without end" },
        { "scenario", "misspelt words without end" },
        { "scenario", "keys that nobody knows" },
        { "scenario", "a name without end" },
        { "scenario", "a robot of a long name" },
        { "scenario", "tables in tables without end" },
        { "urdf", "attributes without end" },
        { "urdf", "links without end" },
        { "urdf", "a number without end" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_long_input_is_refused_within_bounds(string name, string kind)
    {
        FuzzTarget target = FuzzTargets.All.Single(one => one.Name == name);
        byte[] input = Make(name, kind);
        FuzzResult result = FuzzResult.Of(target, input);
        Assert.True(result.Outcome == FuzzOutcome.Refused, $"{input.Length} bytes, {result.Outcome}: {result.Message}");
    }

    private static byte[] Scenario => "[given]\nduration_s = 1\n"u8.ToArray();

    private static byte[] Make(string name, string kind) => kind switch
    {
        "many lists under a long key" when name == "description" => Encoding.UTF8.GetBytes(NestedLists(20_000)),
        "many lists under a long key" => Safetensors(NestedLists(20_000)),
        "whole numbers of one hash" => CollidingKeys(60_000),
        "a tuple in a tuple in a tuple" => [0x80, 2, .. ")"u8, .. Enumerable.Repeat((byte)0x85, 900_000), .. "."u8],
        "one number seen as many" => View(length: 6, extent: 8_000_000, stride: 0),
        "numbers that deflate well" => Deflated(12_500_000),
        "keys that nobody knows" => Lines(7_000, "k{0}=1"),
        "tables that nobody knows" => Lines(7_000, "[t{0}]"),
        "joints without end" => Lines(6_000, "[[joint]]"),
        "poses without end" => [.. "[poses_deg]\n"u8, .. Lines(7_000, "p{0}=1")],
        "a key of parts without end" => [(byte)'a', .. Repeated(30_000, ".a"), .. "=1"u8],
        "events without end" => Lines(7_000, "[[when]]"),
        "misspelt words without end" => [.. Scenario, .. Lines(700, "[[when]]\nin_state=\"Stopppppppppppppped\"\nfault=\"encoder-swappppppppppppppppped\"\njoint=9")],
        "a name without end" => [.. "name = \""u8, .. Repeated(60_000, "n"), .. "\"\n"u8, .. Scenario],
        "a robot of a long name" => [.. "[given]\nrobot = \""u8, .. Repeated(60_000, "r"), .. "\"\n"u8],
        "tables in tables without end" => [.. "given = "u8, .. Repeated(10_000, "{a="), .. "1"u8],
        "attributes without end" => [.. "<robot name=\"r\" "u8, .. Lines(85_000, "a{0}=\"1\""), .. "/>"u8],
        "links without end" => [.. "<robot name=\"r\">"u8, .. Lines(45_000, "<link name=\"l{0}\"/>"), .. "</robot>"u8],
        _ => [.. "<robot name=\"r\"><link name=\"a\"><inertial><mass value=\""u8, .. Repeated(500_000, "9"), .. "\"/></inertial></link></robot>"u8],
    };

    private static string NestedLists(int count) =>
        $$"""{"class":"CfC","{{new string('k', 2 * count)}}":[{{string.Join(',', Enumerable.Repeat("[]", count))}}]}""";

    private static byte[] Lines(int count, string format) => Encoding.UTF8.GetBytes(
        string.Join('\n', Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, format, i))));

    private static byte[] Repeated(int count, string text) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)));

    private static byte[] Safetensors(string description)
    {
        string quoted = JsonSerializer.Serialize(description);
        byte[] text = Encoding.UTF8.GetBytes("{\"__metadata__\":{\"liquidcontrol\":" + quoted + "}}");
        return [.. BitConverter.GetBytes((long)text.Length), .. text];
    }

    /// <summary>A dict whose keys, 64-bit whole numbers, are all equal to the exclusive or of their halves.</summary>
    private static byte[] CollidingKeys(int count)
    {
        List<byte> program = [0x80, 2, (byte)'}', (byte)'('];
        for (int i = 1; i <= count; i++)
        {
            program.AddRange([0x8a, 8, .. BitConverter.GetBytes(i * 0x1_0000_0001L), (byte)'N']);
            if (i % 10_000 == 0) program.AddRange([(byte)'u', (byte)'(']);
        }

        return [.. program, (byte)'u', (byte)'.'];
    }

    /// <summary>A state_dict of one tensor of one dimension.</summary>
    private static byte[] View(int length, int extent, int stride) =>
    [
        0x80, 2, .. "ccollections\nOrderedDict\n)RX\x01\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(("u8,
        .. "X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0"u8, .. "0X\x03\0\0\0cpu"u8, .. Whole(length), .. "tQK\0"u8,
        .. Whole(extent), 0x85, .. Whole(stride), 0x85, 0x89, .. "ccollections\nOrderedDict\n)RtRs."u8,
    ];

    private static byte[] Whole(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];

    private static byte[] Deflated(int numbers)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "m/data.pkl", View(numbers, numbers, stride: 1));
            Add(zip, "m/data/0", new byte[numbers * sizeof(float)]);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
        entry.Write(bytes);
    }
}
