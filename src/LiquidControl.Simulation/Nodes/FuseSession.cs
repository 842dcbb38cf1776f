using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LiquidControl.Devices.Linux;
using LiquidControl.Realtime;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// A directory of device nodes, mounted through /dev/fuse and answered here by several threads, so that a transfer on one bus does not hold
/// up another. Speaks the kernel's protocol itself: its structs are promised to stay, while libfuse's library changes its name and calls.
/// Answering a request allocates nothing.
/// </summary>
internal sealed unsafe class FuseSession : IDisposable
{
    /// <summary>One for each bus, and one more that opens, closes and looks up.</summary>
    private const int WorkerCount = 5;

    private const int BufferSize = 1 << 16;
    private const int MaxTransfer = 8192;
    private const int NodeMode = 0x1B0;
    private const ulong ValidSeconds = 3600;

    private readonly string _mountPoint;
    private readonly int _device;
    private readonly RealtimeThread[] _workers = new RealtimeThread[WorkerCount];
    private readonly ConcurrentDictionary<ulong, DeviceNode> _nodes = new();
    private ulong _lastNode = FuseProtocol.RootNode;
    private ulong _lastFile;

    /// <param name="mountPoint">An empty directory.</param>
    /// <param name="processor">Where calls are answered; null: anywhere. See <see cref="EmulatedNodes"/>.</param>
    /// <exception cref="IOException">The kernel does not let us; the message says what is missing.</exception>
    public FuseSession(string mountPoint, int? processor)
    {
        _mountPoint = mountPoint;
        _device = Libc.Open("/dev/fuse", Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        if (_device < 0)
        {
            throw new IOException($"/dev/fuse: found {LastError()}, expected to open it. Load it with `modprobe fuse`, and run as root.");
        }

        string options = $"fd={_device},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions";
        if (NodeSyscalls.Mount("liquidcontrol", mountPoint, "fuse.liquidcontrol", NodeSyscalls.NoSetUid | NodeSyscalls.NoDevices, options) != 0)
        {
            string error = LastError();
            _ = Libc.Close(_device);
            throw new IOException($"{mountPoint}: found {error} when mounting, expected the right to mount. Run as root (CAP_SYS_ADMIN).");
        }

        var rights = ProcessRights.Current();
        for (int i = 0; i < WorkerCount; i++)
        {
            _workers[i] = RealtimeThread.Start($"device nodes {i}", new(EmulatedNodes.Scheduling, processor), rights, Answer);
        }
    }

    public string MountPoint => _mountPoint;

    /// <summary>Path of the new node.</summary>
    public string Add(DeviceNode node)
    {
        _nodes[Interlocked.Increment(ref _lastNode)] = node;
        return Path.Combine(_mountPoint, node.Name);
    }

    public void Remove(DeviceNode node)
    {
        foreach ((ulong number, DeviceNode found) in _nodes)
        {
            if (found == node)
            {
                _nodes.TryRemove(number, out _);
            }
        }
    }

    /// <summary>Ends calls under way with an error and takes the mount away.</summary>
    public void Dispose()
    {
        _ = NodeSyscalls.Unmount(_mountPoint, NodeSyscalls.ForceAndDetach);
        foreach (RealtimeThread worker in _workers)
        {
            worker.Join();
        }

        _ = Libc.Close(_device);
    }

    private static string LastError() => DeviceFile.Text(Marshal.GetLastPInvokeError());

    private void Answer()
    {
        byte* request = (byte*)NativeMemory.AlignedAlloc(BufferSize, 64);
        byte* reply = (byte*)NativeMemory.AlignedAlloc(BufferSize, 64);
        while (true)
        {
            nint size = NodeSyscalls.Read(_device, request, BufferSize);
            if (size >= sizeof(FuseRequestHeader))
            {
                Answer((FuseRequestHeader*)request, reply);
            }
            else if (Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.TryAgain or Errno.NoEntry))
            {
                break;
            }
        }

        NativeMemory.AlignedFree(request);
        NativeMemory.AlignedFree(reply);
    }

    private void Answer(FuseRequestHeader* request, byte* reply)
    {
        if (request->Operation is FuseOperation.Forget or FuseOperation.ForgetMany)
        {
            return;
        }

        byte* body = reply + sizeof(FuseReplyHeader);
        int result = Answer(request, (byte*)(request + 1), body);
        FuseReplyHeader* header = (FuseReplyHeader*)reply;
        *header = new() { Error = Math.Min(result, 0), Unique = request->Unique, Length = (uint)(sizeof(FuseReplyHeader) + Math.Max(result, 0)) };
        _ = NodeSyscalls.Write(_device, reply, header->Length);
    }

    /// <summary>Length of the answer in <paramref name="reply"/>, or a negative error number.</summary>
    private int Answer(FuseRequestHeader* request, byte* argument, byte* reply)
    {
        switch (request->Operation)
        {
            case FuseOperation.Initialise:
                *(FuseInitialiseReply*)reply = new() { Major = FuseProtocol.Major, Minor = FuseProtocol.Minor, MaxWrite = MaxTransfer };
                return sizeof(FuseInitialiseReply);
            case FuseOperation.Lookup:
                return LookUp(request->Node, argument, (FuseEntryReply*)reply);
            case FuseOperation.GetAttributes:
            case FuseOperation.SetAttributes:
                return GetAttributes(request->Node, (FuseAttributesReply*)reply);
            case FuseOperation.OpenDirectory:
                *(FuseOpenReply*)reply = default;
                return sizeof(FuseOpenReply);
            case FuseOperation.ReadDirectory:
                return List((FuseTransferRequest*)argument, reply);
            case FuseOperation.StatFileSystem:
                *(FuseFileSystemReply*)reply = new() { NameLength = 255, BlockSize = 512 };
                return sizeof(FuseFileSystemReply);
            case FuseOperation.ReleaseDirectory:
            case FuseOperation.Destroy:
                return 0;
            default:
                return _nodes.TryGetValue(request->Node, out DeviceNode? node)
                    ? Answer(node, request, argument, reply)
                    : request->Node == FuseProtocol.RootNode ? -Errno.NoSystemCall : -Errno.NoDevice;
        }
    }

    private int Answer(DeviceNode node, FuseRequestHeader* request, byte* argument, byte* reply)
    {
        var transfer = (FuseTransferRequest*)argument;
        switch (request->Operation)
        {
            case FuseOperation.Open:
                ulong file = Interlocked.Increment(ref _lastFile);
                node.Open(file);
                *(FuseOpenReply*)reply = new() { File = file, Flags = FuseProtocol.DirectNonSeekable };
                return sizeof(FuseOpenReply);
            case FuseOperation.Release:
                node.Close(((FuseReleaseRequest*)argument)->File);
                return 0;
            case FuseOperation.Ioctl:
                return Control(node, request->Caller, (FuseIoctlRequest*)argument, (FuseIoctlReply*)reply);
            case FuseOperation.Read:
                return node.Read(transfer->File, new Span<byte>(reply, (int)Math.Min(transfer->Size, MaxTransfer)));
            case FuseOperation.Write:
                int written = node.Write(transfer->File, new ReadOnlySpan<byte>(transfer + 1, (int)transfer->Size));
                *(FuseWriteReply*)reply = new() { Size = (uint)Math.Max(written, 0) };
                return written < 0 ? written : sizeof(FuseWriteReply);
            default:
                return -Errno.NoSystemCall;
        }
    }

    private static int Control(DeviceNode node, int caller, FuseIoctlRequest* request, FuseIoctlReply* reply)
    {
        if (request->OutputSize > BufferSize - sizeof(FuseReplyHeader) - sizeof(FuseIoctlReply))
        {
            return -Errno.InvalidArgument;
        }

        var output = new Span<byte>(reply + 1, (int)request->OutputSize);
        output.Clear();
        int result = node.Control(new NodeCall
        {
            File = request->File,
            Caller = new CallerMemory(caller),
            Command = request->Command,
            Argument = request->Argument,
            Input = new ReadOnlySpan<byte>(request + 1, (int)request->InputSize),
            Output = output,
        });
        *reply = new() { Result = result };
        return result < 0 ? result : sizeof(FuseIoctlReply) + output.Length;
    }

    private int LookUp(ulong directory, byte* name, FuseEntryReply* reply)
    {
        ReadOnlySpan<byte> wanted = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (directory == FuseProtocol.RootNode)
        {
            foreach ((ulong number, DeviceNode node) in _nodes)
            {
                if (Encoding.UTF8.GetByteCount(node.Name) == wanted.Length && Encoding.UTF8.GetString(wanted) == node.Name)
                {
                    *reply = new()
                    {
                        Node = number,
                        EntryValidSeconds = node.IsListed ? ValidSeconds : 0,
                        AttributesValidSeconds = ValidSeconds,
                        Attributes = Attributes(number),
                    };
                    return sizeof(FuseEntryReply);
                }
            }
        }

        return -Errno.NoEntry;
    }

    private static int GetAttributes(ulong node, FuseAttributesReply* reply)
    {
        *reply = new() { ValidSeconds = ValidSeconds, Attributes = Attributes(node) };
        return sizeof(FuseAttributesReply);
    }

    /// <summary>FUSE cannot give a character device that it answers itself; the nodes are regular files of length 0.</summary>
    private static FuseAttributes Attributes(ulong node) => new()
    {
        Node = node,
        Mode = node == FuseProtocol.RootNode ? FuseProtocol.DirectoryMode : FuseProtocol.RegularFileMode | NodeMode,
        Links = 1,
        BlockSize = 512,
    };

    private int List(FuseTransferRequest* request, byte* reply)
    {
        int length = 0;
        ulong position = 0;
        foreach ((ulong number, DeviceNode node) in _nodes)
        {
            position++;
            int nameLength = Encoding.UTF8.GetByteCount(node.Name);
            int size = sizeof(FuseDirectoryEntry) + nameLength + 7 & ~7;
            if (!node.IsListed || position <= request->Offset || length + size > request->Size || length + size > BufferSize / 2)
            {
                continue;
            }

            var entry = (FuseDirectoryEntry*)(reply + length);
            Unsafe.InitBlock(entry, 0, (uint)size);
            *entry = new() { Node = number, Offset = position, NameLength = (uint)nameLength, Type = FuseProtocol.RegularFile };
            Encoding.UTF8.GetBytes(node.Name, new Span<byte>(entry + 1, nameLength));
            length += size;
        }

        return length;
    }
}
