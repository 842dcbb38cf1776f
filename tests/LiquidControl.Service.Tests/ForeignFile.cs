using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>A second hold on a file that another process has open, locks and all, until it is disposed (pidfd_getfd).</summary>
internal sealed class ForeignFile : IDisposable
{
    private const int OpenProcess = 434;
    private const int GetDescriptor = 438;

    private readonly int _descriptor;

    private ForeignFile(int descriptor) => _descriptor = descriptor;

    public static ForeignFile Hold(int process, string path)
    {
        // A file that got its name later is shown without it, but in its folder.
        string link = Directory.GetFiles($"/proc/{process}/fd").First(link => Path.GetDirectoryName(new FileInfo(link).LinkTarget) == Path.GetDirectoryName(path));
        nint handle = Call(OpenProcess, process, 0, 0);
        nint descriptor = Call(GetDescriptor, handle, nint.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture), 0);
        _ = Close((int)handle);
        Assert.SkipUnless(descriptor >= 0, "needs the right to take a descriptor of a child (kernel.yama.ptrace_scope of 0 or 1)");
        return new((int)descriptor);
    }

    public void Dispose() => _ = Close(_descriptor);

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Call(nint number, nint first, nint second, nint third);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
