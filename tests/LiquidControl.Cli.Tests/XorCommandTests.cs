using System.Diagnostics;
using System.Text.Json;
using LiquidControl.Neural;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class XorCommandTests : IDisposable
{
    private const string Short = "--samples 300 --test-samples 200";

    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_cell_is_trained_shown_drawn_and_compared_with_the_paper()
    {
        string model = Place("pure.safetensors"), plot = Place("pure.svg");
        var train = await Run($"train xor --cell pure {Short} --epochs 3 --seed 7 --json --output {model} --plot {plot}");

        Assert.True(train.ExitCode == 0, train.Error);
        Assert.Contains("pure, epoch 1 of 3, loss 0.", train.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 3 of 3, loss 0.", train.Error, StringComparison.Ordinal);
        Assert.Equal(["pure.safetensors", "pure.svg"], Directory.GetFiles(_root).Select(Path.GetFileName).Order());
        double accuracy;
        using (var json = JsonDocument.Parse(train.Output))
        {
            var report = json.RootElement;
            accuracy = report.GetProperty("accuracyPercent").GetDouble();
            Assert.InRange(accuracy, 40.0, 100.0);
            Assert.Equal(3, report.GetProperty("epochs").GetArrayLength());
            Assert.Equal((300, 200, 7), (Number(report, "samples"), Number(report, "testSamples"), Number(report, "seed")));
            Assert.Equal(85.42, report.GetProperty("paperAccuracyPercent").GetDouble());
        }

        var info = await Run($"model info {model}");
        const string Command = "liquidcontrol train xor --cell pure --epochs 3 --seed 7 --samples 300 --test-samples 200";
        Assert.Contains($"command: {Command}", info.Output, StringComparison.Ordinal);
        Assert.Contains("program: liquidcontrol 1.", info.Output, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"test_accuracy_percent: {accuracy:F2}"), info.Output, StringComparison.Ordinal);

        var eval = await Run($"eval xor {model} --test-samples 200 --json --plot {Place("eval.svg")}");
        Assert.True(eval.ExitCode == 0, eval.Error);
        using (var json = JsonDocument.Parse(eval.Output))
        {
            var rows = json.RootElement.EnumerateArray().ToArray();
            Assert.Equal(["cfc", "mixed", "no-gate", "pure", "ltc"], rows.Select(row => row.GetProperty("cell").GetString()));
            Assert.Equal(accuracy, rows[3].GetProperty("accuracyPercent").GetDouble());
            Assert.True(rows[3].GetProperty("isProjected").GetBoolean());
            Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("accuracyPercent").ValueKind);
        }

        var table = await Run($"eval xor {model} --test-samples 200");
        Assert.Contains("not trained", table.Output, StringComparison.Ordinal);
        Assert.Contains("99.42 ± 0.42", table.Output, StringComparison.Ordinal);
        Assert.Contains("* Projected", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_that_is_killed_goes_on_to_the_bits_of_one_that_was_not()
    {
        string options = $"train xor --cell pure {Short} --epochs 24 --seed 3";
        string killed = Place("killed.safetensors"), whole = Place("whole.safetensors");
        string program = Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. options.Split(' '), "--output", killed])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using (var process = Process.Start(start)!)
        {
            while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("epoch 5 of 24", StringComparison.Ordinal)) process.Kill();
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.False(File.Exists(killed));
        string again = (await Run($"{options} --output {killed}")).AssertBadInput();
        Assert.Contains("--resume", again, StringComparison.Ordinal);

        var resumed = await Run($"{options} --output {killed} --resume");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.DoesNotContain("epoch 4 of 24", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run($"{options} --output {whole}")).ExitCode);
        Assert.Equal(ModelFile.Load(whole).Weights.Parameters, ModelFile.Load(killed).Weights.Parameters);
        Assert.Empty(Directory.GetFiles(_root, "*.checkpoint"));
    }

    [Fact]
    public async Task A_training_that_is_stopped_says_how_to_go_on()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter(stop, "");
        using var output = new StringWriter();
        string model = Place("stopped.safetensors");

        int code = await CommandLine.RunAsync(
            $"train xor --cell pure {Short} --output {model}".Split(' '), new Terminal(output, error, isInteractive: false), stop.Token);

        Assert.Equal((Cli.ExitCode.Cancelled, ""), (code, output.ToString()));
        const string Advice = "stopped.checkpoint has it all; go on with the same command and --resume.";
        Assert.Contains(Advice, error.ToString(), StringComparison.Ordinal);

        string other = (await Run($"train xor --cell pure {Short} --output {model} --resume --seed 2")).AssertBadInput();
        Assert.Contains("first parameters: found", other, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Place("stopped.checkpoint"), "half a f", TestContext.Current.CancellationToken);
        string damaged = (await Run($"train xor --cell pure {Short} --output {model} --resume")).AssertBadInput();
        Assert.Contains("Start the training anew, without this file.", damaged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cell: found 'mixd', expected one of cfc, mixed, no-gate, pure, ltc. Did you mean mixed?", "train xor --cell mixd")]
    [InlineData("--epochs: found '0', expected a whole number from 1", "train xor --epochs 0")]
    [InlineData("--samples: found '100001', expected a whole number from 1 to 100000", "train xor --samples 100001")]
    [InlineData("--decay: found 1.5, expected a number above 0, at most 1", "train xor --decay 1.5")]
    [InlineData("expected a file name ending in .safetensors", "train xor --output x.bin")]
    [InlineData("--plot: found x.jpg, expected a file name ending in .png or .svg", "train xor --plot x.jpg")]
    [InlineData("--checkpoint: there is no directory", "train xor --checkpoint /no/such/place")]
    [InlineData("--resume: found no checkpoint", "train xor --resume --checkpoint no-such-file")]
    [InlineData("--plot: found no network to draw", "eval xor --plot x.svg")]
    [InlineData("no such file", "eval xor no-such.safetensors")]
    [InlineData("provenance 'xor_cell': found nothing", "eval xor golden/cfc_default_b0.safetensors")]
    public async Task A_bad_option_is_refused_by_name(string message, string arguments)
    {
        string found = arguments.Replace("golden/", Path.Combine(AppContext.BaseDirectory, "golden/"), StringComparison.Ordinal);
        Assert.Contains(message, (await Run(found)).AssertBadInput(), StringComparison.Ordinal);
    }

    private string Place(string name) => Path.Combine(_root, name);

    private static Task<CliRun> Run(string arguments) => CliRun.Of(arguments.Split(' '));

    private static int Number(JsonElement report, string name) => report.GetProperty(name).GetInt32();
}
