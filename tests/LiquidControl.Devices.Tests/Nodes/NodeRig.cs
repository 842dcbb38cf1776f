using System.Diagnostics;
using LiquidControl.Simulation.Chips;
using LiquidControl.Simulation.Nodes;
using Xunit;

namespace LiquidControl.Devices.Tests.Nodes;

/// <summary>An emulated board behind device nodes of its own, which go with it.</summary>
internal sealed class NodeRig : IDisposable
{
    private const int FirstOffset = 90;

    private static int _rigs;

    private readonly RunFolder _folder;
    private readonly NodeLinks? _links;

    /// <param name="board">What answers.</param>
    /// <param name="linked">Whether programs that look in /dev shall find the nodes.</param>
    public NodeRig(EmulatedArmBoard board, bool linked = false)
    {
        Layout = new NodeLayout(FirstOffset + (2 * Interlocked.Increment(ref _rigs)));
        _folder = new RunFolder(Path.Combine(Path.GetTempPath(), $"liquidcontrol-nodes-{Environment.ProcessId}-{Layout.Offset}"));
        Nodes = new EmulatedNodes(board, Layout, _folder.MountPoint);
        _links = linked ? new NodeLinks("/dev", Layout, _folder.MountPoint) : null;
    }

    public NodeLayout Layout { get; }

    public EmulatedNodes Nodes { get; }

    public string MountPoint => _folder.MountPoint;

    /// <summary>Number of the I2C bus, for programs that take one.</summary>
    public int I2cBus => Layout.Offset + 1;

    /// <summary>Skips the test that asks where device nodes cannot be made; fails it where tools are demanded.</summary>
    public static void Require()
    {
        bool possible = File.Exists("/dev/fuse") && Environment.IsPrivilegedProcess;
        const string Needs = "needs root and /dev/fuse (modprobe fuse) for emulated device nodes";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(possible || required, Needs);
        Assert.True(possible, Needs);
    }

    public string PathOf(string node) => Path.Combine(_folder.MountPoint, node);

    /// <summary>Requests lines as a program under `hil exec` does: on a thread with the filter, which ends with the call.</summary>
    public T Filtered<T>(Func<T> request)
    {
        T? result = default;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                Nodes.Listen(LineRequestFilter.Install());
                result = request();
            }
            catch (Exception e)
            {
                error = e;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? result! : throw error;
    }

    /// <summary>Runs a program to its end and gives what it printed, both outputs together, and its exit code.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public void Dispose()
    {
        _links?.Dispose();
        Nodes.Dispose();
        _folder.Dispose();
    }
}
