using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace LiquidControl.Devices.Linux;

/// <summary>System calls on descriptors. What is variadic in C passes its arguments in registers on every Linux .NET runs on.</summary>
internal static unsafe partial class Libc
{
    public const int OpenReadWrite = 2;

    public const int OpenCloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int descriptor, nuint request, void* argument);

    /// <summary>An ioctl, taken up again when a signal interrupts it. Gives its result, 0 or more, or the negative error number.</summary>
    public static int IoctlResult(int descriptor, nuint request, void* argument)
    {
        int result;
        do
        {
            result = Ioctl(descriptor, request, argument);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return result < 0 ? -Marshal.GetLastPInvokeError() : result;
    }
}
