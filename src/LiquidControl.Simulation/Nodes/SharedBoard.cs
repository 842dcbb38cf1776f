using LiquidControl.Realtime;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Simulation.Nodes;

/// <summary>An emulated board that callers of its nodes and the plant's thread reach at the same time.</summary>
internal sealed class SharedBoard(EmulatedArmBoard board)
{
    /// <summary>Whoever touches the board holds this.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Takes the plant up to now; null while there is none.</summary>
    public Action? CatchUp { get; set; }

    /// <summary>
    /// The chips, with the board's clock set to now and sensors that show the plant as it is now: a plant's thread that this machine holds up
    /// would otherwise look like an encoder that repeats itself.
    /// </summary>
    public Lock.Scope Reach()
    {
        CatchUp?.Invoke();
        Lock.Scope scope = Lock.EnterScope();
        board.AdvanceTo(MonotonicClock.NowNs);
        return scope;
    }
}
