using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Realtime;

/// <summary>
/// Asks the kernel for processors that wake within 0 µs, that is, without deep sleep, for as long as this object lives
/// (Documentation/power/pm_qos_interface.rst of the kernel).
/// </summary>
public sealed class CpuLatencyRequest : IDisposable
{
    public const string Device = "/dev/cpu_dma_latency";

    private const string Subject = "wake latency";

    private readonly SafeFileHandle? _file;

    private CpuLatencyRequest(Grant grant, SafeFileHandle? file)
    {
        Grant = grant;
        _file = file;
    }

    public Grant Grant { get; }

    /// <summary>Holds 0 µs; a refusal is in <see cref="Grant"/>.</summary>
    /// <param name="path">Of the device.</param>
    public static CpuLatencyRequest Hold(string path = Device)
    {
        if (!File.Exists(path))
        {
            return new(
                new(Subject, false, $"there is no {path}.", "A kernel with CONFIG_CPU_IDLE; or the kernel option cpuidle.off=1, which needs no device."),
                null);
        }

        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, stackalloc byte[sizeof(int)], 0);
            return new(new(Subject, true, $"{path} held at 0 µs."), file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            string fix = $"A udev rule that gives the service's group {path}, or run as root.";
            return new(new(Subject, false, $"{path} cannot be written: {e.Message}", fix), null);
        }
    }

    /// <summary>The kernel forgets the request when the file is closed.</summary>
    public void Dispose() => _file?.Dispose();
}
