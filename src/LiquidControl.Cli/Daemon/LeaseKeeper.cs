using LiquidControl.Hosting;
using LiquidControl.Realtime;

namespace LiquidControl.Cli.Daemon;

/// <summary>
/// Renews the lease of a connection in control on a thread of its own, five times as often as the arm asks for, and before other programs
/// where the kernel allows that.
/// </summary>
internal sealed class LeaseKeeper : IDisposable
{
    /// <summary>Below every loop.</summary>
    private const int Priority = 1;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly DaemonConnection _daemon;
    private readonly ManualResetEventSlim _end = new();
    private readonly RealtimeThread _thread;
    private volatile IOException? _failure;

    public LeaseKeeper(DaemonConnection daemon)
    {
        _daemon = daemon;
        _thread = RealtimeThread.Start("lease", new(new(SchedulingPolicy.Fifo, Priority), Processor: null), ProcessRights.Current(), Renew);
    }

    /// <exception cref="IOException">The lease could not be renewed.</exception>
    public void ThrowIfLost()
    {
        if (_failure is { } failure) throw new IOException(failure.Message, failure);
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Renew()
    {
        try
        {
            do _daemon.Ask("renew");
            while (!_end.Wait(Period));
        }
        catch (IOException failure)
        {
            _failure = failure;
        }
    }
}
