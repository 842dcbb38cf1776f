using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace LiquidControl.Fuzz.Tests;

/// <summary>
/// Recordings that ask for much by their length. Each is a sound one up to its first message; what follows may be accepted, as of a file that
/// was cut off, or refused, but costs no more than its bytes are worth.
/// </summary>
[Collection(TimedReading.Collection)]
public class HostileRecordingTests
{
    private const byte Schema = 3, Channel = 4, Message = 5, Chunk = 6, Metadata = 12, Attachment = 9;

    private static readonly FuzzTarget Target = FuzzTargets.All.Single(target => target.Name == "mcap");

    private static readonly byte[] Sound = File.ReadAllBytes(Path.Combine(FuzzCorpus.FolderOf(Target), "sound-no-chunk.mcap"));

    /// <summary>The second is a cycle of its activation, which is the first.</summary>
    private static readonly int[] Messages = Starts(Message);

    private static readonly byte[] Begin = Sound[..Messages[0]];

    public static TheoryData<string, FuzzOutcome> Inputs => new()
    {
        { "records of no known kind", FuzzOutcome.Accepted },
        { "metadata without end", FuzzOutcome.Accepted },
        { "entries of metadata without end", FuzzOutcome.Accepted },
        { "empty chunks without end", FuzzOutcome.Accepted },
        { "channels without end", FuzzOutcome.Refused },
        { "schemas without end", FuzzOutcome.Accepted },
        { "fields of one long name but its end", FuzzOutcome.Refused },
        { "fields without content", FuzzOutcome.Refused },
        { "a robot of a long name", FuzzOutcome.Refused },
        { "activations without end", FuzzOutcome.Accepted },
        { "fields of a message without end", FuzzOutcome.Accepted },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_long_recording_costs_what_its_bytes_are_worth(string kind, FuzzOutcome expected)
    {
        byte[] input = Make(kind);
        FuzzResult result = FuzzResult.Of(Target, input);
        Assert.True(result.Outcome == expected, $"{input.Length} bytes, {result.Allocated} allocated, {result.Time}: {result.Outcome}: {result.Message}");
    }

    private static byte[] Make(string kind) => kind switch
    {
        "records of no known kind" => [.. Begin, .. Many(50_000, _ => Record(Attachment))],
        "metadata without end" => [.. Begin, .. Many(30_000, i => Record(Metadata, Text($"{i}"), Text("")))],
        "entries of metadata without end" => [.. Begin, .. Record(Metadata, Text("m"), Block(Many(40_000, i => [.. Text($"{i}"), .. Text("")])))],
        "empty chunks without end" => [.. Begin, .. Many(20_000, _ => Record(Chunk, new byte[40]))],
        "channels without end" => [.. Begin, .. Many(40_000, i => Record(Channel, BitConverter.GetBytes((ushort)i), new byte[2], Text(""), Text(""), Text("")))],
        "schemas without end" => [.. Begin, .. Many(40_000, i => Record(Schema, BitConverter.GetBytes((ushort)(i + 2)), Text(""), Text(""), Text("")))],
        "fields of one long name but its end" => WithSchema(Many(999, i => Field(new string('n', 800) + i, i + 1))),
        "fields without content" => WithSchema(Many(100_000, _ => [0x12, 0])),
        "a robot of a long name" => Replaced("ar4-dc", new string('r', 300_000)),
        "activations without end" => [.. Replaced("ct-eso", "ct-rls")[..Messages[0]], .. Many(300, _ => [.. Sound[Messages[0]..Messages[1]], .. AfterLoss()])],
        _ => [.. Begin, .. Sound[Messages[0]..Messages[1]], .. Record(Message, new byte[] { 1, 0 }, new byte[20], Many(100_000, _ => [0x78, 0]))],
    };

    /// <summary>A cycle whose number is none that the controller is at: what stands before it was lost.</summary>
    private static byte[] AfterLoss()
    {
        byte[] message = Sound[Messages[1]..Messages[2]];
        message[9 + 22 + 1] = 77;
        return message;
    }

    /// <summary>The one message of the schema, called Cycle, with other fields.</summary>
    private static byte[] WithSchema(byte[] fields)
    {
        byte[] message = [.. Delimited(0x0A, "Cycle"u8), .. fields];
        byte[] set = Delimited(0x0A, Delimited(0x22, message));
        byte[] schema = Record(Schema, BitConverter.GetBytes((ushort)1), Text("liquidcontrol.Cycle"), Text("protobuf"), Block(set));
        int at = Starts(Schema)[0], end = Starts(Channel)[0];
        return [.. Sound[..at], .. schema, .. Sound[end..]];
    }

    /// <summary>A text of the metadata by another; the record's lengths follow.</summary>
    private static byte[] Replaced(string text, string other)
    {
        byte[] file = Sound;
        int record = Starts(Metadata)[0], at = record + file.AsSpan(record).IndexOf(Text(text)), more = other.Length - text.Length;
        byte[] longer = [.. file[..at], .. Text(other), .. file[(at + 4 + text.Length)..]];
        int map = record + 9 + 4 + "liquidcontrol.recording".Length;
        BinaryPrimitives.WriteInt64LittleEndian(longer.AsSpan(record + 1), BinaryPrimitives.ReadInt64LittleEndian(longer.AsSpan(record + 1)) + more);
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(map), BinaryPrimitives.ReadInt32LittleEndian(longer.AsSpan(map)) + more);
        return longer;
    }

    private static int[] Starts(byte kind)
    {
        List<int> starts = [];
        for (int at = 8; at < Sound.Length - 8; at += 9 + (int)BinaryPrimitives.ReadInt64LittleEndian(Sound.AsSpan(at + 1)))
        {
            if (Sound[at] == kind) starts.Add(at);
        }

        return [.. starts];
    }

    private static byte[] Many(int count, Func<int, byte[]> part)
    {
        using MemoryStream all = new();
        for (int i = 0; i < count; i++) all.Write(part(i));
        return all.ToArray();
    }

    private static byte[] Record(byte kind, params byte[][] parts)
    {
        byte[] content = Many(parts.Length, i => parts[i]);
        return [kind, .. BitConverter.GetBytes((long)content.Length), .. content];
    }

    private static byte[] Text(string text) => Block(Encoding.UTF8.GetBytes(text));

    private static byte[] Block(byte[] bytes) => [.. BitConverter.GetBytes(bytes.Length), .. bytes];

    /// <summary>A field descriptor: its name, its number, one of doubles.</summary>
    private static byte[] Field(string name, int number) => Delimited(
        0x12, [.. Delimited(0x0A, Encoding.UTF8.GetBytes(name)), 0x18, (byte)(number | 0x80), (byte)(number >> 7), 0x20, 1, 0x28, 1]);

    private static byte[] Delimited(byte tag, ReadOnlySpan<byte> bytes)
    {
        List<byte> length = [];
        int left = bytes.Length;
        for (; left >= 0x80; left >>= 7) length.Add((byte)(left | 0x80));
        return [tag, .. length, (byte)left, .. bytes];
    }
}
