using System.Diagnostics;
using LiquidControl.Cli.Commands;
using LiquidControl.Training;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class TrainArmCommandTests : IDisposable
{
    private const string Short = "train arm --episodes 6 --seed 3 --evaluate 2";

    /// <summary>What an undisturbed training writes.</summary>
    private static readonly Lazy<Task<byte[]>> Whole = new(TrainWhole);

    private readonly string _root = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_training_that_is_killed_goes_on_to_the_bits_of_one_that_was_not_and_no_other_goes_on_from_it()
    {
        string model = Place("killed.safetensors"), checkpoint = Place("killed.checkpoint");
        string program = Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. Short.Split(' '), "--output", model])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using (var process = Process.Start(start)!)
        {
            while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("DAgger round 1 of 1: training, epoch 2", StringComparison.Ordinal)) process.Kill();
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.False(File.Exists(model));
        Assert.Contains("Go on with it by --resume", (await Run($"{Short} --output {model}")).AssertBadInput(), StringComparison.Ordinal);
        await AssertRefused("Seed: found 3, expected 4", $"{Short.Replace("--seed 3", "--seed 4", StringComparison.Ordinal)} --output {model}");
        await AssertRefused("LearningRate: found 0.003, expected 0.1", $"{Short} --output {model} --learning-rate 0.1");
        await AssertRefused("robot: found ar4-dc, expected ur5e", $"{Short} --output {model} --robot ur5e");
        await AssertRefused("first moves: found", $"{Short} --output {model} --robot {HeavierRobot()}");
        foreach (string file in (string[])[checkpoint, checkpoint + ".1", checkpoint + ".2"])
        {
            byte[] sound = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(file, sound[..^9], TestContext.Current.CancellationToken);
            await AssertRefused("Start the training anew, without this file.", $"{Short} --output {model}");
            await File.WriteAllBytesAsync(file, sound, TestContext.Current.CancellationToken);
        }

        var resumed = await Run($"{Short} --output {model} --resume");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.DoesNotContain("\ntraining, epoch", resumed.Error, StringComparison.Ordinal);
        await AssertWhole(model);
    }

    [Theory]
    [InlineData("collecting with ct-eso")]
    [InlineData("training, epoch 2")]
    [InlineData("DAgger round 1 of 1: collecting")]
    [InlineData("evaluating ct-eso, perturbed")]
    public async Task A_training_that_is_stopped_in_any_stage_says_how_to_go_on_and_ends_with_the_same_bits(string stage)
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter(stop, stage);
        using var output = new StringWriter();
        string model = Place("stopped.safetensors");

        int code = await CommandLine.RunAsync($"{Short} --output {model}".Split(' '), new Terminal(output, error, isInteractive: false), stop.Token);

        Assert.Equal((Cli.ExitCode.Cancelled, ""), (code, output.ToString()));
        Assert.Contains(
            $"Nothing is lost: {Place("stopped.checkpoint")} has it all; go on with the same command and --resume.", error.ToString(),
            StringComparison.Ordinal);
        Assert.False(File.Exists(model));
        Assert.Equal(0, (await Run($"{Short} --output {model} --resume")).ExitCode);
        await AssertWhole(model);
    }

    [Fact]
    public async Task The_network_carries_its_card_and_the_losses_are_drawn()
    {
        string model = Place("signed.safetensors"), plot = Place("loss.svg");
        var train = await Run($"{Short} --output {model} --plot {plot}");

        Assert.True(train.ExitCode == 0, train.Error);
        Assert.Contains("liquid against ct-eso: final p95", train.Output, StringComparison.Ordinal);
        Assert.Contains("DAgger round 1 of 1: training", await File.ReadAllTextAsync(plot, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string info = (await Run($"model info {model}")).Output;
        string[] promised =
        [
            "command: liquidcontrol train arm --robot ar4-dc --role residual --seed 3 --episodes 6 --evaluate 2", "seed: 3", "data_sha256: ",
            "program: liquidcontrol 1.", "recipe: 6 moves, 6 epochs; 1 x (3 moves, 4 epochs); learning rate 0.003",
            "loss_by_epoch, training: ", "loss_by_epoch, DAgger round 1 of 1: training: ",
            "evaluation, liquid, perturbed: 2 moves from seed 103: final error p50 ", "evaluation, ct-eso, payload: 2 moves from seed 103",
        ];
        Assert.All(promised, line => Assert.Contains(line, info, StringComparison.Ordinal));
    }

    [Fact]
    public void A_training_that_ran_away_says_what_to_lower_and_where_the_last_checkpoint_is()
    {
        using StringWriter output = new(), error = new();

        int code = CheckpointOptions.Unfinished(
            TrainingOutcome.Diverged, "training: Diverged in epoch 2 of 4.", new CheckpointPlan("x.checkpoint"), new Terminal(output, error, isInteractive: false));

        Assert.Equal((Cli.ExitCode.Missed, ""), (code, output.ToString()));
        Assert.Contains("Diverged in epoch 2 of 4. No network was written; lower --learning-rate.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("The last checkpoint is x.checkpoint", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<byte[]> TrainWhole()
    {
        string folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;
        string model = Path.Combine(folder, "whole.safetensors");
        var run = await Run($"{Short} --output {model}");
        Assert.True(run.ExitCode == 0, run.Error);
        byte[] bytes = await File.ReadAllBytesAsync(model);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private async Task AssertWhole(string model)
    {
        Assert.Equal(await Whole.Value, await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_root, "*.checkpoint*"));
    }

    /// <summary>A stage's checkpoint is looked at when its moves are there: progress may stand before the error.</summary>
    private static async Task AssertRefused(string message, string arguments)
    {
        var run = await Run($"{arguments} --resume");
        Assert.Equal((Cli.ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A copy of ar4-dc, one of whose links weighs more.</summary>
    private string HeavierRobot()
    {
        string[] files = [Path.Combine("firmware-config", "robots", "ar4-dc", "robot.toml"), Path.Combine("hardware", "arms", "ar4-dc", "ar4-dc.urdf")];
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Place(file))!);
            string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file));
            File.WriteAllText(Place(file), text.Replace("0.88065", "0.98065", StringComparison.Ordinal));
        }

        return Place(Path.Combine("firmware-config", "robots", "ar4-dc"));
    }

    private string Place(string name) => Path.Combine(_root, name);

    private static Task<CliRun> Run(string arguments) => CliRun.Of(arguments.Split(' '));
}
