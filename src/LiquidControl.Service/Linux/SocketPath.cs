using System.Text;

namespace LiquidControl.Service.Linux;

/// <summary>A path as the address of a Unix socket; one that begins with @ is of the abstract name space (unix(7)).</summary>
internal static unsafe class SocketPath
{
    /// <summary>Length of the address; null for a path that is longer than the kernel allows.</summary>
    public static uint? TryWrite(string path, out SocketCalls.SocketAddress address)
    {
        address = new() { Family = SocketCalls.Unix };
        fixed (byte* place = address.Path)
        {
            Span<byte> bytes = new(place, SocketCalls.SocketAddress.PathBytes - 1);
            if (!Encoding.UTF8.TryGetBytes(path, bytes, out int length))
                return null;
            bool isAbstract = path.StartsWith('@');
            if (isAbstract)
                bytes[0] = 0;
            return (uint)(sizeof(ushort) + length + (isAbstract ? 0 : 1));
        }
    }
}
