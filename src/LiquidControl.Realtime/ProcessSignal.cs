using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Asks another process to end (kill(2)).</summary>
public static class ProcessSignal
{
    private const int Terminate = 15;
    private const int NoSuchProcess = 3;

    /// <summary>SIGTERM; a process that is gone already is no error.</summary>
    /// <param name="process">Above 0: other numbers stand for groups of processes.</param>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public static void SendTerminate(int process)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(process);
        if (Libc.Kill(process, Terminate) == 0 || Marshal.GetLastPInvokeError() == NoSuchProcess)
            return;
        throw new UnauthorizedAccessException($"process {process}: cannot be asked to end: {Marshal.GetLastPInvokeErrorMessage()}. Use sudo, or its user.");
    }
}
