using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>
/// A lock on a whole file that the kernel gives back when the holder's process ends, however it ends. It belongs to the opened file
/// (F_OFD_SETLK, fcntl(2)), so a reader can ask for it without ever holding it.
/// </summary>
internal static unsafe class FileLock
{
    private const int OpenFileGetLock = 36;
    private const int OpenFileSetLock = 37;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    /// <summary>Held until the file is closed; false when somebody else holds it.</summary>
    /// <exception cref="IOException">The file system has no locks.</exception>
    public static bool TryTake(SafeFileHandle file)
    {
        Libc.LockRange whole = new() { Type = WriteLock };
        if (Libc.FileControl(file, OpenFileSetLock, &whole) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error is Libc.TryAgain or Libc.Access
            ? false
            : throw new IOException(
                $"The file cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}. Choose a directory of a local file system, such as /dev/shm.");
    }

    /// <summary>Whether somebody else holds it.</summary>
    public static bool IsHeld(SafeFileHandle file)
    {
        Libc.LockRange whole = new() { Type = WriteLock };
        return Libc.FileControl(file, OpenFileGetLock, &whole) == 0 && whole.Type != Unlocked;
    }
}
