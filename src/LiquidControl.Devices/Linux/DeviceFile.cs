using System.Runtime.InteropServices;
using LiquidControl.Control;
using Microsoft.Win32.SafeHandles;

namespace LiquidControl.Devices.Linux;

/// <summary>An open device node.</summary>
internal sealed unsafe class DeviceFile : SafeHandleMinusOneIsInvalid
{
    private DeviceFile(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    private int Descriptor => (int)handle;

    /// <summary>Opens for reading and writing. Throws <see cref="HardwareException"/>.</summary>
    /// <param name="kind">What the node is, for the message: <c>I2C bus</c>.</param>
    /// <param name="path">The node.</param>
    /// <param name="driver">What makes such a node appear, for the message.</param>
    public static DeviceFile Open(string kind, string path, string driver)
    {
        int descriptor = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        if (descriptor >= 0)
        {
            return new(descriptor);
        }

        int error = Marshal.GetLastPInvokeError();
        string remedy = error is Errno.Access or Errno.NotPermitted
            ? "Add this user to the group that owns the node (ls -l shows it), or run as one that may."
            : $"{driver}; for the emulated ones, keep `liquidcontrol hil up` running.";
        throw new HardwareException($"{kind} {path}: found {Text(error)}, expected a device node to open for reading and writing. {remedy}");
    }

    /// <summary>Stands for a descriptor that came from the kernel by another way.</summary>
    public static DeviceFile Of(int descriptor) => new(descriptor);

    /// <summary>An ioctl: its result, or the negative error number.</summary>
    public int Control(uint request, void* argument) => Libc.IoctlResult(Descriptor, request, argument);

    /// <summary>The kernel's words for an error number.</summary>
    public static string Text(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (errno {error})";

    protected override bool ReleaseHandle() => Libc.Close(Descriptor) == 0;
}
