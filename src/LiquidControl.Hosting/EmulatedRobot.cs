using LiquidControl.Devices;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Hosting;

/// <summary>
/// A robot that is simulated behind device nodes, in real time or in lockstep: whoever drives it is another program, which cannot tell the nodes
/// from real ones but by the label of the GPIO chip. Dispose takes nodes, links and folder away.
/// </summary>
public sealed class EmulatedRobot : IDisposable
{
    private const string StartPose = "home";

    private readonly RunFolder _folder;
    private readonly EmulatedNodes? _nodes;
    private readonly NodeLinks? _links;
    private readonly RealTimeArm? _realTime;

    /// <summary>With the plant that the robot.toml describes, at the pose "home".</summary>
    /// <param name="robot">A robot with chips.</param>
    /// <param name="payload">Mass at the tool centre point, kg.</param>
    /// <param name="layout">What the nodes are called.</param>
    /// <param name="runFolder">Where nodes and socket are made.</param>
    /// <param name="linkFolder">Where programs look for the nodes: /dev.</param>
    /// <param name="processor">As of the other constructor.</param>
    /// <param name="lockstep">As of the other constructor.</param>
    /// <exception cref="IOException">Something is in the way; what was made until then is taken away.</exception>
    public EmulatedRobot(
        RobotConfiguration robot, double payload, NodeLayout layout, string runFolder, string linkFolder, int? processor = null, bool lockstep = false)
        : this(
            robot, electronics => SimulatedRobot.NewArm(robot, electronics, payload), robot.Arm.Poses[StartPose], layout, runFolder, linkFolder, processor,
            lockstep)
    {
    }

    /// <param name="robot">A robot with chips.</param>
    /// <param name="newArm">Makes its plant and sensors with the electronics it is given.</param>
    /// <param name="start">Where it stands at first, rad.</param>
    /// <param name="layout">What the nodes are called.</param>
    /// <param name="runFolder">Where nodes and socket are made.</param>
    /// <param name="linkFolder">Where programs look for the nodes: /dev.</param>
    /// <param name="processor">
    /// Where the loop that drives it runs, on a machine with several: calls are answered there, and the plant is computed on another one. Null
    /// leaves it to the kernel.
    /// </param>
    /// <param name="lockstep">Whether it moves by the loop's heartbeat and not by the machine's clock.</param>
    /// <exception cref="IOException">Something is in the way; what was made until then is taken away.</exception>
    public EmulatedRobot(
        RobotConfiguration robot, Func<IArmElectronics, SimulatedArm> newArm, double[] start, NodeLayout layout, string runFolder, string linkFolder,
        int? processor = null, bool lockstep = false)
    {
        DcArmWiring wiring = robot.Wiring
            ?? throw new IOException($"{robot.Path}: drives: found ideal torque sources, which have no chips, expected DC bridges. Choose another robot, such as ar4-dc.");
        _folder = new RunFolder(runFolder);
        try
        {
            var board = new EmulatedArmBoard(wiring);
            Nodes = _nodes = new EmulatedNodes(board, layout, _folder.MountPoint, processor);
            Board = board;
            BoardElectronics electronics = new(board);
            Arm = lockstep
                ? (Lockstep = new LockstepArm(newArm, electronics, Nodes, start))
                : (_realTime = new RealTimeArm(newArm, electronics, Nodes, start, processor is 0 ? 1 : processor is null ? null : 0));
            Links = _links = new NodeLinks(linkFolder, layout, _folder.MountPoint);
            Configuration = robot;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RobotConfiguration Configuration { get; }

    /// <summary>Touched under <see cref="EmulatedNodes.BoardLock"/>.</summary>
    public EmulatedArmBoard Board { get; }

    public EmulatedNodes Nodes { get; }

    public EmulatedArm Arm { get; }

    /// <summary>The arm, if it is in lockstep.</summary>
    public LockstepArm? Lockstep { get; }

    public NodeLinks Links { get; }

    /// <summary>Path of the socket for <see cref="EmulatorSocket"/>.</summary>
    public string Socket => _folder.Socket;

    public void Dispose()
    {
        _links?.Dispose();
        _realTime?.Dispose();
        _nodes?.Dispose();
        _folder.Dispose();
    }
}
