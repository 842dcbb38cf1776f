using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace LiquidControl.Service.Linux;

/// <summary>
/// Unix sockets without an object a connection: after the loop has started, nothing in its process allocates, the thread that hears commands
/// included. Structures are those of 64-bit Linux, x64 and arm64.
/// </summary>
internal static unsafe partial class SocketCalls
{
    /// <summary>AF_UNIX.</summary>
    public const int Unix = 1;

    /// <summary>SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC.</summary>
    public const int Stream = 1 | NonBlocking | CloseOnExec;

    /// <summary>SOCK_DGRAM | SOCK_CLOEXEC.</summary>
    public const int Datagram = 2 | CloseOnExec;

    /// <summary>SOCK_NONBLOCK.</summary>
    public const int NonBlocking = 0x800;

    /// <summary>SOCK_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    /// <summary>MSG_NOSIGNAL: a peer that is gone is an error, not a signal.</summary>
    public const int NoSignal = 0x4000;

    /// <summary>POLLIN.</summary>
    public const short Readable = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, SocketAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, SocketAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, SocketAddress* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int file, uint mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    /// <summary>struct sockaddr_un.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SocketAddress
    {
        public const int PathBytes = 108;

        public ushort Family;
        public fixed byte Path[PathBytes];
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Events;
        public short Returned;
    }
}
