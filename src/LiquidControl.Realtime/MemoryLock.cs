using System.Runtime.InteropServices;

namespace LiquidControl.Realtime;

/// <summary>Keeps what this process has touched, and will touch, in memory: no page of it is ever fetched from a disk again.</summary>
public static class MemoryLock
{
    private const string Subject = "memory";
    private const int Current = 1;
    private const int Future = 2;

    /// <summary>Without it the collector's reserved address space, tens of GB, would be locked too.</summary>
    private const int OnFault = 4;

    /// <summary>mlockall(2).</summary>
    public static Grant LockAll(ProcessRights rights) =>
        Libc.MemoryLockAll(Current | Future | OnFault) == 0
            ? new(Subject, true, "locked as it is touched.")
            : Refusal(Marshal.GetLastPInvokeError(), rights);

    internal static Grant Refusal(int errno, ProcessRights rights)
    {
        bool limited = !rights.MayLockMemory && rights.LockLimitBytes is not null && errno is Libc.NotPermitted or Libc.OutOfMemory or Libc.TryAgain;
        return limited
            ? new(
                Subject, false,
                $"locking was refused: this process lacks CAP_IPC_LOCK, and its RLIMIT_MEMLOCK is {rights.LockLimitBytes / 1024} KiB.",
                "LimitMEMLOCK=infinity in the unit, or memlock unlimited in /etc/security/limits.conf.")
            : new(Subject, false, $"locking was refused: {Marshal.GetPInvokeErrorMessage(errno)}.", "See mlockall(2).");
    }
}
