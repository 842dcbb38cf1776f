namespace LiquidControl.Control;

/// <summary>The loop's time. Real: the monotonic clock. Simulation: a virtual clock that stands still while the cycle computes.</summary>
public interface IClock
{
    long NowNs { get; }
}
