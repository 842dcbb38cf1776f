using System.Runtime.InteropServices;

namespace LiquidControl.Service.Linux;

/// <summary>A listening Unix socket that owner and group may connect to.</summary>
internal sealed unsafe class CommandListener : IDisposable
{
    /// <summary>0660.</summary>
    private const uint OwnerAndGroup = 0x1B0;

    private const int Backlog = 8;

    private readonly string _path;

    private CommandListener(string path, int file)
    {
        _path = path;
        File = file;
    }

    /// <summary>Its descriptor.</summary>
    public int File { get; }

    /// <summary>The socket of a daemon that died makes way; that of one that lives does not.</summary>
    /// <exception cref="IOException">It cannot be made, or a daemon lives.</exception>
    public static CommandListener Open(string path)
    {
        uint length = SocketPath.TryWrite(path, out var address)
            ?? throw new IOException($"{path}: found a path of {path.Length} characters, expected at most {SocketCalls.SocketAddress.PathBytes - 1} bytes. Choose a shorter --socket.");
        int file = SocketCalls.Socket(SocketCalls.Unix, SocketCalls.Stream, 0);
        if (file < 0)
            throw Failure(path, "cannot be created");
        try
        {
            if (SocketCalls.Connect(file, &address, length) == 0)
                throw new IOException($"{path}: a liquidcontrold answers there already. Stop it first (systemctl stop liquidcontrold), or choose another --socket.");
            System.IO.File.Delete(path);

            // Linux gives the name the mode of the socket: there is no moment in which others could connect.
            bool listens = SocketCalls.ChangeMode(file, OwnerAndGroup) == 0 && SocketCalls.Bind(file, &address, length) == 0
                && SocketCalls.Listen(file, Backlog) == 0;
            return listens ? new(path, file) : throw Failure(path, "cannot be listened on");
        }
        catch
        {
            _ = SocketCalls.Close(file);
            throw;
        }
    }

    public void Dispose()
    {
        _ = SocketCalls.Close(File);
        System.IO.File.Delete(_path);
    }

    private static IOException Failure(string path, string what) =>
        new($"{path}: {what}: {Marshal.GetLastPInvokeErrorMessage()}. The directory must exist and be writable; RuntimeDirectory=liquidcontrol in the unit makes it.");
}
