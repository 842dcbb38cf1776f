using System.Runtime.InteropServices;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A seccomp filter that hands requests for GPIO lines, and no other system call, to whoever listens. It stays with the thread that installs
/// it, with what that thread starts, and through execve.
/// </summary>
public static unsafe class LineRequestFilter
{
    private const nint SetModeFilter = 1;
    private const nint NewListener = 8;

    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7FFF_0000;
    private const uint Notify = 0x7FC0_0000;

    // Offsets in struct seccomp_data.
    private const uint CallNumber = 0;
    private const uint Architecture = 4;
    private const uint SecondArgument = 24;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;

    /// <summary>Filters the calling thread and gives the listener's descriptor, for the emulator to take over; it closes on exec.</summary>
    /// <exception cref="IOException">The kernel does not let us.</exception>
    public static int Install()
    {
        (uint architecture, uint ioctl, nint seccomp) = IsArm ? (0xC000_00B7u, 29u, 277) : (0xC000_003Eu, 16u, 317);
        Span<Instruction> program =
        [
            new(Load, 0, 0, Architecture),
            new(JumpIfEqual, 0, 5, architecture),
            new(Load, 0, 0, CallNumber),
            new(JumpIfEqual, 0, 3, ioctl),
            new(Load, 0, 0, SecondArgument),
            new(JumpIfEqual, 0, 1, GpioDev.GetLine),
            new(Return, 0, 0, Notify),
            new(Return, 0, 0, Allow),
        ];
        fixed (Instruction* instructions = program)
        {
            Program filter = new() { Length = (ushort)program.Length, Instructions = instructions };
            nint listener = NodeSyscalls.Call(seccomp, SetModeFilter, NewListener, (nint)(&filter));
            return listener >= 0
                ? (int)listener
                : throw new IOException(
                    $"seccomp: found {DeviceFile.Text(Marshal.GetLastPInvokeError())}, expected to install a filter with a listener. "
                    + "Run as root on a kernel with CONFIG_SECCOMP_FILTER, not under another filter with a listener.");
        }
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
