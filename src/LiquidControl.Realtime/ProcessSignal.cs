using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Asks another process to end, or stops it where it is (kill(2)).</summary>
public static class ProcessSignal
{
    private const int Terminate = 15;
    private const int Thaw = 18;
    private const int Freeze = 19;
    private const int NoSuchProcess = 3;

    /// <summary>SIGTERM; a process that is gone already is no error.</summary>
    /// <param name="process">Above 0: other numbers stand for groups of processes.</param>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public static void SendTerminate(int process) => Send(process, Terminate);

    /// <summary>SIGSTOP: none of its threads runs any more, as where a kernel hangs.</summary>
    /// <inheritdoc cref="SendTerminate"/>
    public static void SendFreeze(int process) => Send(process, Freeze);

    /// <summary>SIGCONT: its threads run on where they were.</summary>
    /// <inheritdoc cref="SendTerminate"/>
    public static void SendThaw(int process) => Send(process, Thaw);

    private static void Send(int process, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(process);
        if (Libc.Kill(process, signal) == 0 || Marshal.GetLastPInvokeError() == NoSuchProcess)
            return;
        throw new UnauthorizedAccessException($"process {process}: cannot be sent signal {signal}: {Marshal.GetLastPInvokeErrorMessage()}. Use sudo, or its user.");
    }
}
