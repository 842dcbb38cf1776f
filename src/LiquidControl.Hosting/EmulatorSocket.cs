using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiquidControl.Simulation.Nodes;

namespace LiquidControl.Hosting;

/// <summary>
/// Where `hil status`, `hil step`, `hil fault` and `hil exec` speak to a running emulator: a Unix socket that only its owner may use. One
/// request a connection, a line of words; the answer is a line that starts with ok or error.
/// </summary>
public sealed class EmulatorSocket : IDisposable
{
    private const int Backlog = 8;
    private const int LongestRequest = 1024;
    private const long MillisecondNs = 1_000_000;

    private readonly EmulatedRobot _robot;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Thread _thread;

    public EmulatorSocket(EmulatedRobot robot)
    {
        _robot = robot;
        _socket.Bind(new UnixDomainSocketEndPoint(robot.Socket));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(robot.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _socket.Listen(Backlog);
        _thread = new Thread(Serve) { IsBackground = true, Name = "emulator socket" };
        _thread.Start();
    }

    /// <summary>Asks the emulator behind a socket.</summary>
    /// <exception cref="IOException">There is none, or it refuses.</exception>
    public static string Ask(string path, string request)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error)
        {
            string found = error.SocketErrorCode is SocketError.AddressNotAvailable ? "no socket" : error.Message;
            throw new IOException($"{path}: found {found}, expected a running emulator. Start it with `liquidcontrol hil up` and ask as the same user.");
        }

        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.UTF8.GetBytes(request + "\n"));
        string answer = new StreamReader(stream).ReadToEnd().TrimEnd('\n');
        return answer.StartsWith("ok ", StringComparison.Ordinal) ? answer[3..] : throw new IOException(answer[(answer.IndexOf(' ') + 1)..]);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                using Socket caller = _socket.Accept();
                Answer(caller);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException && !_socket.IsBound)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Whoever asked is gone.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(Socket caller)
    {
        using var stream = new NetworkStream(caller);
        byte[] buffer = new byte[LongestRequest];
        int length = 0, read;
        do
        {
            read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
        }
        while (read > 0 && length < buffer.Length && buffer[length - 1] != '\n');

        string answer;
        try
        {
            answer = "ok " + Answer(Encoding.UTF8.GetString(buffer, 0, length).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        catch (IOException error)
        {
            answer = "error " + error.Message;
        }

        stream.Write(Encoding.UTF8.GetBytes(answer + "\n"));
    }

    private string Answer(string[] words)
    {
        switch (words)
        {
            case ["status"]:
                return Status();
            case ["step", ("ms" or "periods") and var unit, _] when Number(words, 2) is { } count:
                Step(arm => count * (unit == "ms" ? MillisecondNs : arm.PeriodNs));
                return Status();
            case ["fault", var name, .. var numbers]:
                EmulatedFault.Find(name).Apply(_robot, Number(numbers, 0), Number(numbers, 1));
                return name;
            case ["listen", _, _] when Number(words, 1) is { } process && Number(words, 2) is { } descriptor:
                _robot.Nodes.Listen(process, descriptor);
                return "listening";
            default:
                throw new IOException($"request: found '{string.Join(' ', words)}', expected status, step, fault or listen.");
        }
    }

    private string Status() => JsonSerializer.Serialize(EmulatorStatus.Of(_robot), EmulatorJson.Default.EmulatorStatus);

    /// <param name="ns">How long an arm is to move on.</param>
    private void Step(Func<LockstepArm, long> ns)
    {
        LockstepArm arm = _robot.Lockstep
            ?? throw new IOException("step: found an emulator that runs in real time, expected one in lockstep. Start it with `liquidcontrol hil up --lockstep`.");
        arm.Step(ns(arm));
    }

    private static int? Number(string[] words, int at) =>
        at < words.Length && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
