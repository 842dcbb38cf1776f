namespace LiquidControl.Simulation.Nodes;

/// <summary>What went over one node since it was made.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Transfers">Transactions on the wire.</param>
/// <param name="Errors">Those that ended in an error.</param>
/// <param name="WireNs">Time on the wire, ns.</param>
/// <param name="LatestNs">The latest that the wire's time was over before the emulator noticed, ns: not the arm's fault.</param>
public readonly record struct NodeTraffic(string Node, long Transfers, long Errors, long WireNs, long LatestNs);
