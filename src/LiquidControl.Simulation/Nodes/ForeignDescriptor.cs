using System.Runtime.InteropServices;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>A descriptor of another process, which we need the right to trace (pidfd_getfd, Linux 5.6).</summary>
internal static class ForeignDescriptor
{
    private const nint OpenProcess = 434;
    private const nint GetDescriptor = 438;

    /// <summary>Our own copy of it.</summary>
    /// <exception cref="IOException">The kernel does not give it.</exception>
    public static int Take(int process, int descriptor)
    {
        int handle = (int)Succeed(NodeSyscalls.Call(OpenProcess, process, 0, 0), process);
        nint copy = NodeSyscalls.Call(GetDescriptor, handle, descriptor, 0);
        int error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(handle);
        Marshal.SetLastPInvokeError(error);
        return (int)Succeed(copy, process);
    }

    private static nint Succeed(nint result, int process) => result >= 0
        ? result
        : throw new IOException($"process {process}: found {DeviceFile.Text(Marshal.GetLastPInvokeError())}, expected to take over its descriptor. Run the emulator as root.");
}
