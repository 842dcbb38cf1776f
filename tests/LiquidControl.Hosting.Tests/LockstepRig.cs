using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Numerics;
using LiquidControl.Simulation.Nodes;
using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>A robot in lockstep behind nodes of its own, and a real arm's drivers on them; all gone with this.</summary>
internal sealed class LockstepRig : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liquidcontrol-lockstep-");
    private readonly double[] _drives;

    public LockstepRig(bool lockstep = true)
    {
        string links = Directory.CreateDirectory(Path.Combine(_folder.FullName, "dev")).FullName;
        NodeLayout layout = new();
        var robot = RobotConfiguration.Load(RobotFile.Shipped("ar4-dc"));
        Robot = new(robot, payload: 0.0, layout, Path.Combine(_folder.FullName, "run"), links, lockstep: lockstep);
        Nodes = layout.In(links);
        Devices = Filtered(() => new DcArmDevices(robot.Wiring!, Nodes));
        Frame = new(robot.Arm.JointCount);
        _drives = new double[robot.Arm.JointCount];
    }

    public EmulatedRobot Robot { get; }

    public DcArmNodes Nodes { get; }

    public DcArmDevices Devices { get; }

    public SensorFrame Frame { get; }

    /// <summary>Of every bit of plant and clock.</summary>
    public ulong Hash
    {
        get
        {
            StateHash hash = default;
            Robot.Lockstep!.AddTo(ref hash);
            return hash.Value;
        }
    }

    /// <summary>Skips the test that asks where device nodes cannot be made; fails it where tools are demanded.</summary>
    public static void Require()
    {
        bool possible = File.Exists("/dev/fuse") && Environment.IsPrivilegedProcess;
        const string Needs = "needs root and /dev/fuse (modprobe fuse) for emulated device nodes";
        Assert.SkipUnless(possible || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", Needs);
        Assert.True(possible, Needs);
    }

    /// <summary>Different for each joint and from cycle to cycle.</summary>
    public static void Drive(int cycle, Span<double> drives)
    {
        for (int joint = 0; joint < drives.Length; joint++)
            drives[joint] = 0.02 * ((cycle * (joint + 3) % 17) - 8);
    }

    public void Activate()
    {
        Devices.Hardware.Configure();
        Devices.Hardware.Activate();
    }

    /// <summary>A loop's cycle: beats, reads and writes.</summary>
    public HardwareFaults Cycle(int cycle)
    {
        HardwareFaults faults = Devices.Hardware.Read(cycle, Frame);
        Drive(cycle, _drives);
        return faults | Devices.Hardware.Write(_drives);
    }

    public void Dispose()
    {
        Devices?.Dispose();
        Robot.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Requests lines as a program under `hil exec` does: on a thread with the filter, which ends with the call.</summary>
    private T Filtered<T>(Func<T> request)
    {
        T? result = default;
        Exception? error = null;
        Thread thread = new(() =>
        {
            try
            {
                Robot.Nodes.Listen(LineRequestFilter.Install());
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
}
