using System.Text.Json;
using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Cli.Tests;

public sealed class RobotDynamicsCommandTests : IDisposable
{
    private static readonly string UrdfFile = Path.Combine(AppContext.BaseDirectory, "hardware", "arms", "ur5e", "ur5e.urdf");

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task The_three_results_agree_with_each_other_and_with_a_second_computation()
    {
        const ulong Seed = 71;
        const int States = 20;
        var random = new RandomStream(Seed);
        double[][] numbers = [.. Enumerable.Range(0, 3 * States).Select(_ => Enumerable.Range(0, 6).Select(_ => random.Uniform(-3.0, 3.0)).ToArray())];
        File.WriteAllText(_file, "[" + string.Join(',', Enumerable.Range(0, States).Select(i => State(numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2]))) + "]");

        var run = await CliRun.Of("robot", "dynamics", "--urdf", UrdfFile, "--states", _file, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(States, json.RootElement.GetArrayLength());
        var model = Urdf.Read(UrdfFile);
        var workspace = new RigidBodyWorkspace(model);
        for (int i = 0; i < States; i++)
        {
            double[] q = numbers[3 * i], qd = numbers[3 * i + 1], tau = numbers[3 * i + 2];
            var result = json.RootElement[i];
            double[] qdd = Doubles(result.GetProperty("qdd"));
            double[][] mass = [.. result.GetProperty("mass").EnumerateArray().Select(Doubles)];

            // M qdd + bias = tau, with the bias from the inverse dynamics at zero acceleration.
            double[] bias = new double[6];
            RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, new double[6], bias);
            for (int row = 0; row < 6; row++)
            {
                double sum = bias[row];
                for (int column = 0; column < 6; column++) sum += mass[row][column] * qdd[column];
                Assert.True(Math.Abs(sum - tau[row]) < 1e-9, $"seed {Seed}, state {i}, joint {row}: {sum} for {tau[row]}");
            }

            double[] inverse = Doubles(result.GetProperty("inverse"));
            for (int row = 0; row < 6; row++) Assert.True(Math.Abs(inverse[row] - tau[row]) < 1e-9, $"seed {Seed}, state {i}, joint {row}");

            double[] exact = new double[6];
            ArticulatedBody.ForwardDynamics(model, workspace, q, qd, tau, exact);
            Assert.Equal(exact, qdd);
        }
    }

    [Fact]
    public async Task Without_json_a_table_is_printed()
    {
        double[] zero = new double[6];
        File.WriteAllText(_file, "[" + State(zero, zero, zero) + "]");

        var run = await CliRun.Of("robot", "dynamics", "--urdf", UrdfFile, "--states", _file);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("wrist_3_joint", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ":1:1: not JSON")]
    [InlineData("[{\n \"q\": x}]", ":2:")]
    [InlineData("{}", "found an object, expected an array of states")]
    [InlineData("[1]", "[0]: found a number, expected an object")]
    [InlineData("[{\"q\":[0,0,0,0,0,0],\"qd\":[0,0,0,0,0,0]}]", "[0].tau: found nothing")]
    [InlineData("[{\"q\":[0,0,0,0,0],\"qd\":[0,0,0,0,0,0],\"tau\":[0,0,0,0,0,0]}]", "[0].q: found 5 items, expected an array of 6 numbers")]
    [InlineData("[{\"q\":[0,0,0,0,0,\"a\"],\"qd\":[0,0,0,0,0,0],\"tau\":[0,0,0,0,0,0]}]", "[0].q[5]: found a text, expected a finite number")]
    [InlineData("[{\"q\":[0,0,1e999,0,0,0],\"qd\":[0,0,0,0,0,0],\"tau\":[0,0,0,0,0,0]}]", "[0].q[2]: found a number too large")]
    [InlineData("[{\"q\":[0,0,NaN,0,0,0],\"qd\":[0,0,0,0,0,0],\"tau\":[0,0,0,0,0,0]}]", "not JSON")]
    public async Task Bad_states_are_refused_with_their_place(string text, string message)
    {
        File.WriteAllText(_file, text);

        string error = (await CliRun.Of("robot", "dynamics", "--urdf", UrdfFile, "--states", _file, "--json")).AssertBadInput();

        Assert.Contains(_file, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deeply_nested_states_are_refused()
    {
        File.WriteAllText(_file, new string('[', 100_000));

        (await CliRun.Of("robot", "dynamics", "--urdf", UrdfFile, "--states", _file)).AssertBadInput();
    }

    [Fact]
    public async Task Missing_files_are_named()
    {
        Assert.Contains("nowhere.urdf", (await CliRun.Of("robot", "dynamics", "--urdf", "nowhere.urdf", "--states", _file)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Contains("nowhere.json", (await CliRun.Of("robot", "dynamics", "--urdf", UrdfFile, "--states", "nowhere.json")).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_urdf_with_external_entities_is_refused()
    {
        File.WriteAllText(_file, "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><robot name=\"&e;\"/>");

        (await CliRun.Of("robot", "dynamics", "--urdf", _file, "--states", _file)).AssertBadInput();
    }

    private static string State(double[] q, double[] qd, double[] tau) =>
        $"{{\"q\":{JsonSerializer.Serialize(q)},\"qd\":{JsonSerializer.Serialize(qd)},\"tau\":{JsonSerializer.Serialize(tau)}}}";

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];
}
