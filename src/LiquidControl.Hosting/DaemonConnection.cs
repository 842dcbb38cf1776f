using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LiquidControl.Hosting;

/// <summary>
/// A connection to the command socket of a running liquidcontrold: a line asked, a line answered, neither for ever. Control that it takes is
/// the connection's own and ends with it. Several threads may ask; one after the other is heard.
/// </summary>
public sealed class DaemonConnection : IDisposable
{
    /// <summary>The daemon waits for its loop for 2 s.</summary>
    private const int PatienceMs = 5000;

    private const int LongestLine = 4096;

    /// <summary>sun_path of unix(7) without its final zero.</summary>
    private const int LongestPath = 107;

    /// <summary>SOL_SOCKET, SO_PEERCRED (unix(7)): process, user and group of whoever listens.</summary>
    private const int SocketLevel = 1, PeerCredentials = 17, CredentialBytes = 12;

    private const string Done = "ok", Refused = "error: ";

    private readonly Lock _turn = new();
    private readonly string _path;
    private readonly Socket _socket;
    private readonly byte[] _line = new byte[LongestLine];
    private int _filled;

    private DaemonConnection(string path, Socket socket)
    {
        _path = path;
        _socket = socket;
    }

    /// <summary>The daemon's process; 0 where this program cannot see it.</summary>
    public int DaemonProcess
    {
        get
        {
            Span<byte> credentials = stackalloc byte[CredentialBytes];
            _ = _socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
            return BinaryPrimitives.ReadInt32LittleEndian(credentials);
        }
    }

    /// <exception cref="IOException">There is no daemon, or this user may not speak to it.</exception>
    public static DaemonConnection Open(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new IOException($"{path}: found a path of {path.Length} characters, expected at most {LongestPath} bytes. Give the daemon a shorter --socket.");
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            SendTimeout = PatienceMs,
            ReceiveTimeout = PatienceMs,
        };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new(path, socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new IOException(Refusal(path, error), error);
        }
    }

    /// <summary>Gives what stands after ok.</summary>
    /// <param name="request">A line of the protocol, without its end.</param>
    /// <exception cref="DaemonRefusalException">It does not obey.</exception>
    /// <exception cref="IOException">It is gone, gives no answer, or one that is none.</exception>
    public string Ask(string request)
    {
        using var turn = _turn.EnterScope();
        string answer;
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(request + "\n"));
            answer = ReadLine();
        }
        catch (SocketException error)
        {
            // An answer that comes late would be taken for that of the next question.
            _socket.Dispose();
            string found = error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock ? $"no answer within {PatienceMs / 1000} s" : error.Message;
            throw new IOException($"{_path}: found {found} to '{request}', expected a line. Is the daemon alive? See `liquidcontrol service logs`.", error);
        }
        catch (ObjectDisposedException)
        {
            throw new IOException($"{_path}: the connection is closed.");
        }

        if (answer.StartsWith(Refused, StringComparison.Ordinal))
            throw new DaemonRefusalException(answer[Refused.Length..]);
        return answer == Done ? "" : answer.StartsWith(Done + " ", StringComparison.Ordinal)
            ? answer[(Done.Length + 1)..]
            : throw new IOException($"{_path}: found the answer '{answer}', expected one that begins with ok or error. Is this the socket of a liquidcontrold?");
    }

    /// <exception cref="IOException">As of <see cref="Ask"/>.</exception>
    public DaemonStatus Status() => DaemonStatus.Parse(Ask("status"));

    /// <summary>Moves there, under the lease.</summary>
    /// <param name="goal">rad.</param>
    /// <exception cref="IOException">As of <see cref="Ask"/>.</exception>
    public void MoveTo(IEnumerable<double> goal) =>
        Ask("goal " + string.Join(' ', goal.Select(angle => angle.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>Waits until the daemon closes the connection, as it does when it ends. False: it did not within that time.</summary>
    public bool WaitForTheEnd(TimeSpan limit)
    {
        try
        {
            _socket.ReceiveTimeout = Math.Max(1, (int)limit.TotalMilliseconds);
            return _socket.Receive(_line) == 0;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Why nobody can be spoken to there, and what to do.</summary>
    internal static string Refusal(string path, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AccessDenied => $"{path}: found no permission to speak to the daemon, expected its user or group. "
            + "Become a member of its group (sudo usermod -aG liquidcontrol $USER, then log in again), or use sudo.",
        SocketError.ConnectionRefused => $"{path}: found that nobody listens there (a daemon that died leaves its socket), expected a running "
            + "liquidcontrold. Start one: `liquidcontrol service run`, or sudo systemctl start liquidcontrold.",
        SocketError.AddressNotAvailable => $"{path}: found no socket, expected that of a running liquidcontrold. "
            + "Start one: `liquidcontrol service run`, or sudo systemctl start liquidcontrold; or say where it is with --socket.",
        _ => $"{path}: found {error.Message}, expected the socket of a running liquidcontrold. Start one, or say where it is with --socket.",
    };

    private string ReadLine()
    {
        while (true)
        {
            int end = Array.IndexOf(_line, (byte)'\n', 0, _filled);
            if (end >= 0)
            {
                string line = Encoding.UTF8.GetString(_line, 0, end);
                _filled -= end + 1;
                Array.Copy(_line, end + 1, _line, 0, _filled);
                return line;
            }

            if (_filled == _line.Length)
                throw new IOException($"{_path}: found an answer of more than {LongestLine} bytes, expected a line. Is this the socket of a liquidcontrold?");
            int received = _socket.Receive(_line, _filled, _line.Length - _filled, SocketFlags.None);
            if (received == 0)
                throw new IOException($"{_path}: the daemon closed the connection. See `liquidcontrol service logs`.");
            _filled += received;
        }
    }
}
