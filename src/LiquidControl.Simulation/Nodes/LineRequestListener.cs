using System.Runtime.InteropServices;
using LiquidControl.Devices.Linux;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// Answers the line requests of one <see cref="LineRequestFilter"/>: makes a hidden node for the lines and puts a descriptor of it into the
/// process that asked. A request on another chip than ours goes on to the kernel.
/// </summary>
internal sealed unsafe class LineRequestListener : IDisposable
{
    private const int PollMs = 100;
    private const short PollIn = 1;
    private const uint Continue = 1;

    private static readonly uint Receive = IoctlNumber.ReadWrite('!', 0, sizeof(Notification));
    private static readonly uint Send = IoctlNumber.ReadWrite('!', 1, sizeof(Response));
    private static readonly uint AddDescriptor = IoctlNumber.Write('!', 3, sizeof(NewDescriptor));
    private static int _requests;

    private readonly int _listener;
    private readonly FuseSession _session;
    private readonly GpioChipNode _chip;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Takes over the descriptor and listens until nobody is filtered any more.</summary>
    public LineRequestListener(int listener, FuseSession session, GpioChipNode chip)
    {
        _listener = listener;
        _session = session;
        _chip = chip;
        _thread = new Thread(Listen) { IsBackground = true, Name = "GPIO line requests" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Listen()
    {
        PollDescriptor poll = new() { Descriptor = _listener, Wanted = PollIn };
        while (!_stopping)
        {
            int ready = NodeSyscalls.Poll(&poll, 1, PollMs);
            if (ready > 0 && (poll.Found & PollIn) == 0)
            {
                break;
            }

            Notification notification = default;
            if (ready > 0 && Libc.IoctlResult(_listener, Receive, &notification) == 0)
            {
                Answer(notification);
            }
        }

        _ = Libc.Close(_listener);
    }

    private void Answer(in Notification notification)
    {
        Response response = new() { Id = notification.Id };
        string chip = Path.Combine(_session.MountPoint, _chip.Name);
        if (TargetOf($"/proc/{notification.Thread}/fd/{(int)notification.First}") == chip)
        {
            response.Error = -Request(notification);
        }
        else
        {
            response.Flags = Continue;
        }

        _ = Libc.IoctlResult(_listener, Send, &response);
    }

    /// <summary>0, or an error number.</summary>
    private int Request(in Notification notification)
    {
        CallerMemory caller = new(notification.Thread);
        if (!caller.Read(notification.Third, out GpioLineRequest request))
        {
            return Errno.BadAddress;
        }

        (LineRequestNode? node, int error) =
            LineRequestNode.Request($"lines-{Interlocked.Increment(ref _requests)}", _chip, request, _session.Remove);
        if (node is null)
        {
            return error;
        }

        int file = Libc.Open(_session.Add(node), Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        NewDescriptor added = new() { Id = notification.Id, Source = (uint)file, Flags = Libc.OpenCloseOnExec };
        request.Descriptor = Libc.IoctlResult(_listener, AddDescriptor, &added);

        // From here on the caller's descriptor, or none, keeps the file; its last close frees the lines.
        _ = Libc.Close(file);
        return request.Descriptor < 0 ? -request.Descriptor : caller.Write(notification.Third, request) ? 0 : Errno.BadAddress;
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>struct seccomp_notif with its struct seccomp_data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Notification
    {
        public ulong Id;
        public int Thread;
        public uint Flags;
        public int CallNumber;
        public uint Architecture;
        public ulong InstructionPointer;
        public ulong First;
        public ulong Second;
        public ulong Third;
        public ulong Fourth;
        public ulong Fifth;
        public ulong Sixth;
    }

    /// <summary>struct seccomp_notif_resp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Response
    {
        public ulong Id;
        public long Value;
        public int Error;
        public uint Flags;
    }

    /// <summary>struct seccomp_notif_addfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NewDescriptor
    {
        public ulong Id;
        public uint SetFlags;
        public uint Source;
        public uint Wanted;
        public uint Flags;
    }
}
