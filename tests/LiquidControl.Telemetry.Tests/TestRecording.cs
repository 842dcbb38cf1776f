using System.Buffers.Binary;
using LiquidControl.Control;
using LiquidControl.Numerics;

namespace LiquidControl.Telemetry.Tests;

/// <summary>Recordings in memory, of records whose bits come from a seed.</summary>
internal static class TestRecording
{
    public const int Joints = 6;

    public const string Name = "test.mcap";

    public static CycleLayout Layout { get; } = new(Joints);

    public static RecordingOrigin Origin { get; } = new()
    {
        Robot = "ar4-dc",
        Joints = Joints,
        Rate = 500.0,
        Controller = "ct-eso",
        MassScale = 1.2,
        FrictionScale = 0.8,
        RobotHash = "0123456789abcdef",
        UrdfHash = "fedcba9876543210",
        PolicyHash = "",
        Program = "liquidcontrol test",
    };

    /// <summary>Records a period apart, every other field with bits of any kind that it can hold.</summary>
    public static byte[][] Records(ulong seed, int count, long periodNs = 2_000_000, IReadOnlyList<RecordField>? fields = null)
    {
        fields ??= Layout.Fields;
        RandomStream random = new(seed);
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            records[i] = new byte[fields[^1].Offset + CycleLayout.SizeOf(fields[^1].Kind)];
            foreach (var field in fields)
            {
                long bits = field.Name == "timestamp" ? 1_000_000 + i * periodNs : Bits(ref random, field);
                if (!field.TrySetBits(records[i], bits)) throw new InvalidOperationException($"{field.Title}: {bits}");
            }
        }

        return records;
    }

    public static byte[] File(IEnumerable<byte[]> records, IReadOnlyList<RecordField>? fields = null, RecordingOrigin? origin = null)
    {
        MemoryStream stream = new();
        using (RecordingWriter writer = new(stream, origin ?? Origin, fields ?? Layout.Fields))
        {
            long number = 0;
            foreach (byte[] record in records) writer.Add(number++, record);
        }

        return stream.ToArray();
    }

    public static RecordingReader Open(byte[] file) => RecordingReader.Open(Name, new MemoryStream(file, writable: false));

    public static List<byte[]> Read(RecordingReader reader)
    {
        List<byte[]> records = [];
        byte[] record = new byte[reader.Layout.Size];
        while (reader.Read(record)) records.Add([.. record]);
        return records;
    }

    /// <summary>The file's own records: kind, and where prefix and content stand.</summary>
    public static List<(byte Kind, int At, int Content, int End)> RecordsOf(byte[] file)
    {
        List<(byte, int, int, int)> records = [];
        for (int at = 8; at < file.Length - 8;)
        {
            int content = at + 9, end = content + (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at + 1));
            records.Add((file[at], at, content, end));
            at = end;
        }

        return records;
    }

    private static long Bits(ref RandomStream random, RecordField field)
    {
        long any = (long)random.NextUInt64();
        return field.Kind switch
        {
            RecordKind.F64 => random.NextInt(8) switch
            {
                0 => BitConverter.DoubleToInt64Bits(double.PositiveInfinity),
                1 => BitConverter.DoubleToInt64Bits(-0.0),
                2 => 0x7FF0_0000_0000_0001 | (any & unchecked((long)0x800F_FFFF_FFFF_FFFF)),
                3 => 1,
                _ => any,
            },
            RecordKind.U8 when field.Words.Count == 0 => any & 1,
            RecordKind.U8 => any & byte.MaxValue,
            RecordKind.U16 => any & ushort.MaxValue,
            RecordKind.U32 => any & uint.MaxValue,
            RecordKind.I16 => (short)any,
            RecordKind.I32 => (int)any,
            _ => any,
        };
    }
}
