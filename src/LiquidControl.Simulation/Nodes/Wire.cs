using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// The wires of one bus: one transaction at a time, and each takes as long as its bits at the clock. The chips are reached at the start of a
/// transaction, under the lock they share with the plant, and the wire's time passes after it without that lock; in lockstep it is only counted.
/// </summary>
internal sealed class Wire(SharedBoard board)
{
    private readonly Lock _wire = new();
    private long _transfers;
    private long _errors;
    private long _wireNs;
    private long _latestNs;

    /// <summary>Takes the bus; <see cref="Lock.Scope"/> gives it back.</summary>
    public Lock.Scope Occupy() => _wire.EnterScope();

    /// <summary>The chips, as they are now.</summary>
    public Lock.Scope ReachChips() => board.Reach();

    /// <summary>A transaction that began at <paramref name="startNs"/> is on the wire for <paramref name="wireNs"/>.</summary>
    public void Pass(long startNs, long wireNs, BusResult result)
    {
        _transfers++;
        _errors += result == BusResult.Ok ? 0 : 1;
        _wireNs += wireNs;
        if (board.PassPeriod is null)
        {
            _latestNs = Math.Max(_latestNs, WireClock.WaitUntil(startNs + wireNs));
        }
    }

    public NodeTraffic Traffic(string node)
    {
        using (_wire.EnterScope())
        {
            return new(node, _transfers, _errors, _wireNs, _latestNs);
        }
    }

    /// <summary>The error number a Linux driver gives for what happened on a bus.</summary>
    public static int ErrorOf(BusResult result) => result switch
    {
        BusResult.Nak => Errno.RemoteIo,
        BusResult.Timeout => Errno.TimedOut,
        BusResult.ArbitrationLost => Errno.TryAgain,
        BusResult.NoDevice => Errno.NoDevice,
        BusResult.Refused => Errno.NotSupported,
        _ => Errno.InputOutput,
    };
}
