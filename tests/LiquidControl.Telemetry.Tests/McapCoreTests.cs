using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LiquidControl.Control;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Telemetry.Tests;

/// <summary>
/// @mcap/core, the format's own library for JavaScript, opens the files: by their index with schema, metadata and every number as written,
/// and those that were cut off from the beginning. oracle/read.mjs runs it.
/// </summary>
public sealed class McapCoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-mcap-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_finds_schema_metadata_and_every_number()
    {
        byte[][] records = TestRecording.Records(21, 60, periodNs: 50_000_000);
        using var found = Run("indexed", Write("whole.mcap", TestRecording.File(records)));
        var root = found.RootElement;
        Assert.Equal(("liquidcontrol.Cycle", "protobuf", "/cycle", "protobuf"), (Text(root, "schema"), Text(root, "schemaEncoding"), Text(root, "topic"), Text(root, "messageEncoding")));
        Assert.Equal(("60", 3, 3), (Text(root, "messageCount"), root.GetProperty("chunkCount").GetInt32(), root.GetProperty("indexedChunks").GetInt32()));
        Assert.Equal(("liquidcontrol", "liquidcontrol test"), (Text(root.GetProperty("header"), "profile"), Text(root.GetProperty("header"), "library")));
        Assert.Equal("rad/s", Text(root.GetProperty("units"), "velocity.unit"));
        Assert.Equal("500", Text(root.GetProperty("metadata").GetProperty("liquidcontrol.recording"), "rate_hz"));
        var messages = root.GetProperty("messages");
        Assert.Equal(records.Length, messages.GetArrayLength());
        for (int i = 0; i < records.Length; i++)
        {
            Assert.Equal((i, 1_000_000L + i * 50_000_000L), (messages[i].GetProperty("sequence").GetInt32(), long.Parse(Text(messages[i], "time"), CultureInfo.InvariantCulture)));
            foreach (var field in TestRecording.Layout.Fields)
            {
                var value = messages[i].GetProperty("fields").GetProperty(field.Name);
                Assert.Equal(Expected(field, records[i]), (field.Joint is { } joint ? value[joint] : value).GetString());
            }
        }
    }

    [Fact]
    public void It_reads_a_file_that_was_cut_off_up_to_the_last_whole_chunk()
    {
        byte[] file = TestRecording.File(TestRecording.Records(22, 275, periodNs: 20_000_000));
        RandomStream random = new(5);
        var cuts = Enumerable.Range(0, 20).Select(i => (Path: Path.Combine(_folder, $"cut-{i}.mcap"), Bytes: file[..(8000 + random.NextInt(file.Length - 8000))])).ToList();
        foreach (var (path, bytes) in cuts) File.WriteAllBytes(path, bytes);
        using var found = Run(["stream", .. cuts.Select(cut => cut.Path)]);
        for (int i = 0; i < cuts.Count; i++)
        {
            using var reader = TestRecording.Open(cuts[i].Bytes);
            int messages = TestRecording.Read(reader).Count;
            Assert.Equal((messages, false), (found.RootElement[i].GetProperty("messages").GetInt32(), found.RootElement[i].GetProperty("done").GetBoolean()));
        }
    }

    /// <summary>A choice beyond 31 bits reads as the negative number of the same bits there.</summary>
    private static string Expected(RecordField field, byte[] record)
    {
        if (field.Kind == RecordKind.F64 && double.IsNaN(field.Number(record))) return "NaN";
        bool isChoice = SchemaField.TypeOf(field) == Protobuf.ProtobufType.Enum;
        return (isChoice ? (int)field.Bits(record) : field.Bits(record)).ToString(CultureInfo.InvariantCulture);
    }

    private string Write(string name, byte[] file)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, file);
        return path;
    }

    private static JsonDocument Run(params string[] arguments)
    {
        string folder = SourceFolder();
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(
            required || (HasNode() && Directory.Exists(Path.Combine(folder, "node_modules", "@mcap"))),
            "needs Node and @mcap/core: run 'npm ci' in tests/LiquidControl.Telemetry.Tests/oracle");
        ProcessStartInfo start = new("node", ["read.mjs", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output);
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    private static string SourceFolder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "oracle");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
