namespace LiquidControl.Control;

/// <summary>
/// Requests on their way to the cycle, which takes them all in its next one. Any thread may ask; nobody waits, and no request is lost to
/// another one.
/// </summary>
public sealed class OperatorRequests
{
    private int _pending;

    public void Ask(OperatorRequest request) => Interlocked.Or(ref _pending, (int)request);

    internal OperatorRequest Take() => (OperatorRequest)Interlocked.Exchange(ref _pending, 0);
}
