namespace LiquidControl.Control;

/// <summary>
/// The promise of whoever posts goals to be there while the arm moves. Once renewed it must be renewed again within
/// <see cref="ControllerSettings.SetpointSilent"/>, or the arm holds; released, the arm ends its move by itself. Without a lease, as in a
/// simulation, nobody is missed. One thread at a time renews and releases.
/// </summary>
public sealed class SetpointLease
{
    /// <summary>When nobody holds the lease.</summary>
    internal const long None = 0;

    private long _renewedNs;

    /// <summary>When it was last renewed, ns on the cycle's clock.</summary>
    internal long RenewedNs => Volatile.Read(ref _renewedNs);

    /// <param name="nowNs">On the cycle's clock, above 0.</param>
    public void Renew(long nowNs) => Volatile.Write(ref _renewedNs, nowNs);

    public void Release() => Volatile.Write(ref _renewedNs, None);
}
