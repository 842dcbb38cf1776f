using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>An emulated board that callers of its nodes and the plant's thread reach at the same time.</summary>
internal sealed class SharedBoard(EmulatedArmBoard board)
{
    /// <summary>Whoever touches the board holds this.</summary>
    public Lock Lock { get; } = new();

    /// <summary>The board's: the machine's, or in lockstep one that stands still until somebody moves it.</summary>
    public IClock Clock { get; set; } = new MachineClock();

    /// <summary>Takes the plant up to now; null while there is none, and in lockstep, where it is there.</summary>
    public Action? CatchUp { get; set; }

    /// <summary>In lockstep: plant and board move on by a period. Null: their time passes by itself. Called without the lock.</summary>
    public Action? PassPeriod { get; set; }

    /// <summary>The line whose edges are the loop's periods.</summary>
    public uint HeartbeatMask { get; } = 1u << board.Wiring.HeartbeatBit;

    /// <summary>
    /// The chips, with the board's clock set to now and sensors that show the plant as it is now: a plant's thread that this machine holds up
    /// would otherwise look like an encoder that repeats itself.
    /// </summary>
    public Lock.Scope Reach()
    {
        CatchUp?.Invoke();
        Lock.Scope scope = Lock.EnterScope();
        board.AdvanceTo(Clock.NowNs);
        return scope;
    }
}
