using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>
/// MuJoCo is an independent implementation that reads the same URDF files. Errors are relative to the vector's (for the mass matrix, the
/// matrix's) largest entry. oracle/make-reference.mjs makes the files.
/// </summary>
public sealed class MujocoOracleTests
{
    private const double Tolerance = 1e-9;

    private static readonly string Committed = Path.Combine(AppContext.BaseDirectory, "oracle");

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void Dynamics_agree_with_two_hundred_reference_states(string arm)
    {
        using JsonDocument states = Open(Committed, $"{arm}.states.json"), reference = Open(Committed, $"{arm}.mujoco.json");
        RigidBodyModel model = Arms.Read(arm).WithArmature(Numbers(reference.RootElement.GetProperty("armature")));
        RigidBodyWorkspace workspace = new(model);
        int n = model.JointCount;
        double[] found = new double[n], mass = new double[n * n];
        JsonElement results = reference.RootElement.GetProperty("results");
        Assert.Equal(200, states.RootElement.GetArrayLength());
        Assert.Equal(200, results.GetArrayLength());
        double worstForward = 0, worstInverse = 0, worstMass = 0;
        for (int k = 0; k < 200; k++)
        {
            double[] q = Numbers(states.RootElement[k].GetProperty("q")), qd = Numbers(states.RootElement[k].GetProperty("qd"));
            double[] tau = Numbers(states.RootElement[k].GetProperty("tau")), qdd = Numbers(results[k].GetProperty("qdd"));
            ArticulatedBody.ForwardDynamics(model, workspace, q, qd, tau, found);
            worstForward = Math.Max(worstForward, Expect.RelativeError(qdd, found));
            RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, qdd, found);
            worstInverse = Math.Max(worstInverse, Expect.RelativeError(Numbers(results[k].GetProperty("inverse")), found));
            CompositeRigidBody.MassMatrix(model, workspace, q, mass);
            double[] rows = [.. results[k].GetProperty("mass").EnumerateArray().SelectMany(Numbers)];
            worstMass = Math.Max(worstMass, Expect.RelativeError(rows, mass));
        }

        string measured = $"{arm}: forward {worstForward:e1}, inverse {worstInverse:e1}, mass matrix {worstMass:e1}";
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        Assert.True(worstForward <= Tolerance && worstInverse <= Tolerance && worstMass <= Tolerance, measured);
    }

    [Fact]
    public void The_committed_reference_is_what_the_script_makes()
    {
        string source = SourceFolder();
        bool available = Directory.Exists(Path.Combine(source, "node_modules", "mujoco-js")) && RunNode(source, "--version");
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(available || required, "needs Node and mujoco-js: run 'npm ci' in tests/LiquidControl.Robotics.Tests/oracle");
        string output = Directory.CreateTempSubdirectory("mujoco-oracle").FullName;
        try
        {
            Assert.True(RunNode(source, "make-reference.mjs", output), "node make-reference.mjs failed; run 'npm ci' beside it first");
            foreach (string name in (string[])["ar4-dc.states.json", "ar4-dc.mujoco.json", "ur5e.states.json", "ur5e.mujoco.json"])
            {
                using JsonDocument committed = Open(Committed, name), made = Open(output, name);
                Expect.Near(Flatten(committed.RootElement), Flatten(made.RootElement), 1e-12, name);
            }
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static JsonDocument Open(string folder, string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name)));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];

    private static double[] Flatten(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Flatten)],
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(property => Flatten(property.Value))],
        _ => [],
    };

    private static string SourceFolder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "oracle");

    private static bool RunNode(string folder, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
            using Process node = Process.Start(start)!;
            node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
