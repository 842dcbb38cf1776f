using System.Text.Json;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class OdeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_drawn_synapse_lies_outside_its_bounds()
    {
        string plot = Path.Combine(_folder, "bound.svg");
        var run = await CliRun.Of("ode", "synapse", "--count", "300", "--seed", "3", "--plot", plot, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(0, json.RootElement.GetProperty("outside").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("worstUpper").GetDouble(), 0.9, 1.000001);
        Assert.Contains("<circle", File.ReadAllText(plot), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_forms_stand_beside_the_constant_and_the_papers_figure()
    {
        string plot = Path.Combine(_folder, "ltc.svg");
        var table = await CliRun.Of("ode", "closed-form", Golden("ltc_mixed_autoncp.json"), "--plot", plot);
        var run = await CliRun.Of("ode", "closed-form", Golden("ltc_ncp_linear_map.json"), "--sequence", "irregular", "--json");

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("0.006", table.Output, StringComparison.Ordinal);
        Assert.Contains("LSTM", table.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(plot));
        using var json = JsonDocument.Parse(run.Output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(4, rows.Length);
        var best = rows.Single(row => row.GetProperty("form").GetString() == "Conductance" && row.GetProperty("closedLoop").GetBoolean());
        Assert.InRange(best.GetProperty("normalisedError").GetDouble(), 0.0, 0.01);
    }

    [Fact]
    public async Task A_driving_network_is_drawn_for_a_recording_and_followed_by_its_closed_form()
    {
        string recording = Path.Combine(_folder, "r.csv"), network = Path.Combine(_folder, "driving.safetensors");
        var lines = Enumerable.Range(0, 200).Select(k => FormattableString.Invariant($"{(k == 0 ? 0.0 : 0.01)},{Math.Sin(0.1 * k)},{k},7"));
        File.WriteAllLines(recording, ["dt,a,b,c", .. lines]);

        var drawn = await CliRun.Of("ode", "driving", "--recording", recording, "--seed", "2", "--out", network);
        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Error));
        Assert.Contains("3 inputs, 19 neurons", drawn.Output, StringComparison.Ordinal);

        var run = await CliRun.Of("ode", "closed-form", network, "--recording", recording, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.All(rows, row => Assert.Equal(199, row.GetProperty("steps").GetInt32()));
        var best = rows.Single(row => row.GetProperty("form").GetString() == "Conductance" && row.GetProperty("closedLoop").GetBoolean());
        Assert.InRange(best.GetProperty("normalisedError").GetDouble(), 0.0, 1e-3);

        Assert.Contains("'b' twice", await Refused("dt,a,b,b"), StringComparison.Ordinal);
        Assert.Contains("no steps", await Refused("dt,a,b,c"), StringComparison.Ordinal);
        Assert.Contains("brings its own sequences", (await CliRun.Of(
            "ode", "closed-form", Golden("ltc_ncp_linear_map.json"), "--recording", recording)).AssertBadInput(), StringComparison.Ordinal);

        async Task<string> Refused(string content)
        {
            string file = Path.Combine(_folder, "bad.csv");
            File.WriteAllText(file, content + "\n");
            return (await CliRun.Of("ode", "driving", "--recording", file, "--out", network)).AssertBadInput();
        }
    }

    [Fact]
    public async Task A_model_without_recorded_inputs_is_run_on_sines()
    {
        var run = await CliRun.Of("ode", "closed-form", Golden("ltc_autoncp_19_1_8in.safetensors"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("sines", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solvers_are_compared_by_synapses_error_and_time()
    {
        var run = await CliRun.Of("ode", "solvers", Golden("ltc_ncp_linear_map.json"), "--sequence", "irregular", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        var rows = json.RootElement[0].GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        double Number(string row, string key) => rows[row].GetProperty(key).GetDouble();
        Assert.Equal(1.0, Number("closed form", "timeRatioMedian"));
        // A single unfold evaluates what the closed form does, and six evaluate the neurons' synapses five times more.
        Assert.Equal(Number("closed form", "synapsesAStep"), Number("fused semi-implicit, 1", "synapsesAStep"));
        double recurrent = Number("explicit Euler, 4", "synapsesAStep") - Number("explicit Euler, 1", "synapsesAStep");
        Assert.Equal(Number("closed form", "synapsesAStep") + 5 * recurrent / 3, Number("fused semi-implicit, 6", "synapsesAStep"), 1e-9);
        Assert.InRange(Number("Dormand-Prince, 1E-09", "largestError"), 0.0, 1e-8);
        Assert.InRange(Number("closed form", "rmsError"), 1e-6, 0.01);
    }

    [Theory]
    [InlineData("closed-form")]
    [InlineData("solvers")]
    public async Task A_network_without_an_equation_is_refused(string command)
    {
        string error = (await CliRun.Of("ode", command, Golden("cfc_pure_b0.json"))).AssertBadInput();

        Assert.Contains("cfc_pure_b0.json", error, StringComparison.Ordinal);
        Assert.Contains("LTC", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_sequence_names_the_known_ones()
    {
        string error = (await CliRun.Of("ode", "solvers", Golden("ltc_ncp_linear_map.json"), "--sequence", "odd")).AssertBadInput();

        Assert.Contains("irregular", error, StringComparison.Ordinal);
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);
}
