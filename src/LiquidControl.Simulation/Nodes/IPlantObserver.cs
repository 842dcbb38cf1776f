namespace LiquidControl.Simulation.Nodes;

/// <summary>Sees every step of an <see cref="EmulatedArm"/>, on whichever thread took it: one that answers a call, most of the time. It must not wait.</summary>
public interface IPlantObserver
{
    /// <param name="nowNs">Of the board's clock.</param>
    /// <param name="bridgesEnabled">Whether the whole enable chain was closed.</param>
    /// <param name="plant">As it is now.</param>
    void Moved(long nowNs, bool bridgesEnabled, Plant plant);
}
