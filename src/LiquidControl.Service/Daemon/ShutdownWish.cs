using System.Runtime.InteropServices;

namespace LiquidControl.Service.Daemon;

/// <summary>SIGTERM and SIGINT: the first asks the arm to come to rest before the end, the second ends at once.</summary>
internal sealed class ShutdownWish : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _times;

    public ShutdownWish() => _registrations = [Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGINT)];

    /// <summary>0 while nobody wishes for it.</summary>
    public int Times => Volatile.Read(ref _times);

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Interlocked.Increment(ref _times);
    });
}
