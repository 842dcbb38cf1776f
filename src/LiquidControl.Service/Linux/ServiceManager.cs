using System.Runtime.InteropServices;
using System.Text;

namespace LiquidControl.Service.Linux;

/// <summary>
/// Tells systemd how the daemon is (sd_notify(3): datagrams to the socket named by NOTIFY_SOCKET); silent where nobody listens. What is said
/// again and again is encoded once.
/// </summary>
internal sealed unsafe class ServiceManager : IDisposable
{
    private readonly int _socket = -1;

    /// <param name="path">Of the socket; null for none.</param>
    /// <param name="watchdogUs">WATCHDOG_USEC; null for none.</param>
    public ServiceManager(string? path, string? watchdogUs)
    {
        if (string.IsNullOrEmpty(path))
            return;
        int socket = SocketCalls.Socket(SocketCalls.Unix, SocketCalls.Datagram, 0);
        bool connected = socket >= 0 && SocketPath.TryWrite(path, out var address) is { } length && SocketCalls.Connect(socket, &address, length) == 0;
        if (!connected)
            throw new IOException($"NOTIFY_SOCKET={path}: cannot be reached: {Marshal.GetLastPInvokeErrorMessage()}. Start the daemon by its unit, or unset NOTIFY_SOCKET.");
        _socket = socket;
        if (long.TryParse(watchdogUs, out long us) && us > 0)
            WatchdogPeriod = TimeSpan.FromMicroseconds(us);
    }

    /// <summary>After which systemd acts when it has heard nothing; null where it does not watch.</summary>
    public TimeSpan? WatchdogPeriod { get; }

    public static ServiceManager FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    public void Ready(string status) => Tell(Encoding.UTF8.GetBytes($"READY=1\nSTATUS={status}"));

    public void Stopping() => Tell("STOPPING=1"u8);

    /// <summary>The loop's cycle counter has moved.</summary>
    public void Alive() => Tell("WATCHDOG=1"u8);

    /// <param name="line">Beginning with STATUS=.</param>
    public void Status(ReadOnlySpan<byte> line) => Tell(line);

    public void Dispose()
    {
        if (_socket >= 0)
            _ = SocketCalls.Close(_socket);
    }

    /// <summary>A manager that does not listen any more is no reason to stop an arm.</summary>
    private void Tell(ReadOnlySpan<byte> message)
    {
        if (_socket < 0)
            return;
        fixed (byte* bytes = message)
            _ = SocketCalls.Send(_socket, bytes, (nuint)message.Length, SocketCalls.NoSignal);
    }
}
