using LiquidControl.Devices;
using LiquidControl.Realtime;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// An emulated arm board behind device nodes: a directory in which i2c-N, spidevB.C and gpiochipN answer as a kernel's would, each transaction
/// in the time it takes on the wire, in lockstep in none. Dispose takes the nodes away, whoever has them open.
/// </summary>
public sealed class EmulatedNodes : IDisposable
{
    private const int EncoderMode = 1;
    private const int CurrentMode = 0;

    /// <summary>Of the emulator's threads: before all of the usual kind, after a control loop.</summary>
    internal static readonly SchedulingRequest Scheduling = new(SchedulingPolicy.Fifo, Priority: 40);

    private readonly FuseSession _session;
    private readonly I2cNode _i2c;
    private readonly SpiNode _encoders;
    private readonly SpiNode _currents;
    private readonly GpioChipNode _gpio;
    private readonly List<LineRequestListener> _listeners = [];

    /// <param name="board">What answers.</param>
    /// <param name="layout">What the nodes are called.</param>
    /// <param name="mountPoint">An empty directory.</param>
    /// <param name="processor">
    /// Where calls are answered; null: anywhere. Where the caller's loop runs is best: it waits anyhow, and going over to the answering thread and
    /// back is then two changes of context and no wake-up of another processor, which takes tens of microseconds on a virtual machine.
    /// </param>
    /// <exception cref="IOException">The directory cannot be mounted on.</exception>
    public EmulatedNodes(EmulatedArmBoard board, NodeLayout layout, string mountPoint, int? processor = null)
    {
        Board = new SharedBoard(board);
        _i2c = new I2cNode(layout.I2c, board.I2cWires, DcArmWiring.I2cHz, new Wire(Board));
        _encoders = new SpiNode(layout.EncoderSpi, board.EncoderWires, EncoderMode, DcArmWiring.EncoderSpiHz, new Wire(Board));
        _currents = new SpiNode(layout.CurrentSpi, board.CurrentWires, CurrentMode, DcArmWiring.CurrentSpiHz, new Wire(Board));
        _gpio = new GpioChipNode(layout.GpioChip, board.LineBank, board.Wiring.GpioLines(), Board);
        _session = new FuseSession(mountPoint, processor);
        _session.Add(_i2c);
        _session.Add(_encoders);
        _session.Add(_currents);
        _session.Add(_gpio);
    }

    public string MountPoint => _session.MountPoint;

    /// <summary>Whoever touches the board while the nodes are up holds this.</summary>
    public Lock BoardLock => Board.Lock;

    /// <summary>For the plant behind the nodes.</summary>
    internal SharedBoard Board { get; }

    public IReadOnlyList<NodeTraffic> Traffic => [_i2c.Traffic, _encoders.Traffic, _currents.Traffic];

    /// <summary>The same, with the descriptor still in the process that installed the filter.</summary>
    /// <exception cref="IOException">The kernel does not give it.</exception>
    public void Listen(int process, int descriptor) => Listen(ForeignDescriptor.Take(process, descriptor));

    /// <summary>Answers the line requests of those under a <see cref="LineRequestFilter"/>; takes over its descriptor.</summary>
    public void Listen(int listener) => _listeners.Add(new LineRequestListener(listener, _session, _gpio));

    public void Dispose()
    {
        _session.Dispose();
        foreach (LineRequestListener listener in _listeners)
        {
            listener.Dispose();
        }
    }
}
