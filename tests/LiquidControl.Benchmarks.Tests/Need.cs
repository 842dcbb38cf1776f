using LiquidControl.Cli.Benchmarks;
using Xunit;

namespace LiquidControl.Benchmarks.Tests;

/// <summary>Tools that a test cannot do without.</summary>
internal static class Need
{
    /// <summary>Skips the test that asks, naming what is missing; fails it where tools are demanded.</summary>
    public static void Tools(params string[] tools)
    {
        string[] missing = [.. tools.Where(tool => !ChildProcess.IsOnPath(tool))];
        string needs = $"needs {string.Join(", ", missing)}: apt-get install {string.Join(' ', missing)}";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(missing.Length == 0 || required, needs);
        Assert.True(missing.Length == 0, needs);
    }

    /// <summary>The same for a cluster on this machine.</summary>
    public static void Slurm()
    {
        // Daemons lie where a user's path may not lead.
        bool possible = ChildProcess.IsOnPath("sbatch")
            && Array.TrueForAll(["munged", "slurmctld", "slurmd"], name => ChildProcess.IsOnPath(name) || File.Exists(Path.Combine("/usr/sbin", name)));
        const string Needs = "needs Slurm and MUNGE: apt-get install slurm-wlm munge";
        Assert.SkipUnless(possible || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", Needs);
        Assert.True(possible, Needs);
    }

    /// <summary>The same for what emulated device nodes take.</summary>
    public static void DeviceNodes()
    {
        Tools("gcc");
        bool possible = File.Exists("/dev/fuse") && Environment.IsPrivilegedProcess;
        const string Needs = "needs root and /dev/fuse (modprobe fuse) for emulated device nodes";
        Assert.SkipUnless(possible || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", Needs);
        Assert.True(possible, Needs);
    }
}
