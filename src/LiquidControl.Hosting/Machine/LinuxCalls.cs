using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiquidControl.Hosting.Machine;

/// <summary><see cref="IMachineCalls"/> of the kernel and the C library.</summary>
internal sealed partial class LinuxCalls : IMachineCalls
{
    // Linux UAPI: sched.h, unistd.h, time.h, timex.h. struct timex has 208 bytes on 64-bit Linux and begins with modes; 0 asks only.
    private const int SchedFifo = 1;
    private const int ReadAndWrite = 6;
    private const int ClockMonotonic = 1;
    private const int ClockNotSynchronised = 5;
    private const int TimexBytes = 208;

    private static readonly TimeSpan ProgramTime = TimeSpan.FromSeconds(2);

    public int TryFifo(int priority)
    {
        int error = 0;
        // The policy is the thread's own, so it ends with the thread.
        var probe = new Thread(() => error = SetScheduler(0, SchedFifo, in priority) == 0 ? 0 : Marshal.GetLastPInvokeError());
        probe.Start();
        probe.Join();
        return error;
    }

    public bool MayReadAndWrite(string path) => Access(path, ReadAndWrite) == 0;

    public long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public long? TimerResolutionNs() => GetResolution(ClockMonotonic, out var time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : null;

    public unsafe bool? IsClockSynchronised()
    {
        byte* state = stackalloc byte[TimexBytes];
        new Span<byte>(state, TimexBytes).Clear();
        int result = AdjustTime(state);
        return result < 0 ? null : result != ClockNotSynchronised;
    }

    public string? LibcVersion()
    {
        try
        {
            return Marshal.PtrToStringUTF8(GetLibcVersion());
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, such as musl.
            return null;
        }
    }

    public string? Throttled()
    {
        try
        {
            using var program = Process.Start(new ProcessStartInfo("vcgencmd", "get_throttled") { RedirectStandardOutput = true, RedirectStandardError = true });
            if (program is null) return null;
            if (program.WaitForExit(ProgramTime)) return program.StandardOutput.ReadToEnd().Trim();
            program.Kill();
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "clock_getres")]
    private static partial int GetResolution(int clock, out Timespec resolution);

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static unsafe partial int AdjustTime(byte* state);

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GetLibcVersion();

    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
