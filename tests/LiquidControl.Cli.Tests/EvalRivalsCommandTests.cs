using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class EvalRivalsCommandTests : IDisposable
{
    private const string Short = "eval rivals --networks gru-32,ncp-32 --seeds 2 --training-moves 4 --episodes 2";

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_controller_stands_in_every_scenario_and_what_is_kept_is_not_trained_again()
    {
        var first = await Run($"{Short} --results {_folder} --json");
        Assert.True(first.ExitCode == 0, first.Error);
        JsonElement[] rows = [.. JsonDocument.Parse(first.Output).RootElement.EnumerateArray()];
        Assert.Equal(["ct-eso", "ct-rls", "gru-32", "ncp-32"], rows.Select(row => row.GetProperty("controller").GetString()).Distinct());
        Assert.Equal(6 * 4, rows.Length);
        Assert.All(rows.Where(row => row.GetProperty("controller").GetString() is "gru-32" or "ncp-32"), row =>
        {
            Assert.Equal(2, row.GetProperty("seeds").GetInt32());
            Assert.True(row.GetProperty("parameters").GetInt32() > 1000);
            Assert.True(row.GetProperty("pathP95Mm").GetProperty("spread").GetDouble() > 0.0);
            Assert.True(row.GetProperty("residualRoughness").GetProperty("mean").GetDouble() > 0.0);
        });
        Assert.Equal(6, Directory.GetFiles(_folder).Length);

        string picture = Path.Combine(_folder, "rivals.svg");
        var again = await Run($"{Short} --results {_folder} --json --plot {picture}");
        Assert.Equal(first.Output, again.Output);
        Assert.DoesNotContain("collecting", again.Error, StringComparison.Ordinal);
        Assert.Contains("1 perturbed  2 payload  3 heavy", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        string other = (await Run($"{Short} --results {_folder} --seed 2")).AssertBadInput();
        Assert.Contains("from seed 1, expected", other, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "ct-eso.json"), "{}", TestContext.Current.CancellationToken);
        Assert.Contains("ct-eso.json: found 0 training moves", (await Run($"{Short} --results {_folder}")).AssertBadInput(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "ct-eso.json"), "{\n broken", TestContext.Current.CancellationToken);
        Assert.Contains("ct-eso.json: line 2: not a result of this command", (await Run($"{Short} --results {_folder}")).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_not_known_is_named_with_the_one_that_was_meant() => Assert.Contains(
        "--networks: found 'gru-23', expected all or names of cfc-64, cfc-32, cfc-19, ncp-32, gru-32, lstm-32, mlp-64, end-to-end. Did you mean gru-32?",
        (await Run("eval rivals --networks gru-23")).AssertBadInput(), StringComparison.Ordinal);

    private static Task<CliRun> Run(string arguments) => CliRun.Of(arguments.Split(' '));
}
