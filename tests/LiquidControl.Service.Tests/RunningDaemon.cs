using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LiquidControl.Hosting;
using LiquidControl.Realtime;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>`liquidcontrold run` with an emulated arm, in a folder of its own; without real-time rights it runs all the same.</summary>
internal sealed class RunningDaemon : IDisposable
{
    private readonly DaemonProcess _process;

    /// <param name="folder">For its socket and its ring.</param>
    /// <param name="environment">What it has beside that of this process.</param>
    /// <param name="robot">Its name, or the path of its robot.toml.</param>
    /// <param name="arm">What it is told of the arm; null: that it is emulated in the daemon.</param>
    public RunningDaemon(string folder, Dictionary<string, string>? environment = null, string robot = "ar4-dc", string[]? arm = null)
    {
        Folder = folder;
        _process = new(
            environment ?? [],
            ["run", "--robot", robot, .. arm ?? ["--emulated", "--best-effort"], "--controller", "ct-eso", "--socket", SocketPath, "--ring", RingPath]);
        Says = [];
        while (_process.ReadLine() is { } line)
        {
            Says.Add(line);
            if (line.Contains("commands at", StringComparison.Ordinal)) return;
        }

        var (code, _, errors) = _process.End();
        throw new InvalidOperationException($"liquidcontrold ended with {code}: {string.Join('\n', Says)}\n{errors}");
    }

    /// <summary>Until it was ready.</summary>
    public List<string> Says { get; }

    public int Id => _process.Id;

    private string Folder { get; }

    private string SocketPath => SocketIn(Folder);

    public string RingPath => RingIn(Folder);

    public static string SocketIn(string folder) => Path.Combine(folder, "control");

    public static string RingIn(string folder) => Path.Combine(folder, "ring");

    public Connection Connect() => new(SocketPath);

    public void Kill() => _process.Kill();

    public void Signal(string name) => Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();

    public (int ExitCode, string Output, string Errors) End() => _process.End();

    public void Dispose() => _process.Dispose();

    /// <summary>Records of the ring from the oldest on, each held against its checksum by the reader.</summary>
    public static (RingDescription Description, List<byte[]> Records) Records(string path)
    {
        using var reader = SharedRingReader.Open(path);
        var description = RingDescription.Read(reader.Description);
        List<byte[]> records = [];
        byte[] record = new byte[reader.RecordBytes];
        while (reader.TryRead(record, out _) is not RingRead.Empty and var read)
        {
            Assert.Equal(RingRead.Record, read);
            records.Add([.. record]);
        }

        return (description, records);
    }

    /// <summary>A connection to its socket.</summary>
    internal sealed class Connection : IDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)Limit.TotalMilliseconds };
        private readonly StreamReader _reader;

        public Connection(string path)
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
            _reader = new(new NetworkStream(_socket));
        }

        public string Ask(string line)
        {
            Send(line);
            return Read();
        }

        /// <summary>Activates an arm that may still sink without power: one that moves is refused, and a person waits and asks again.</summary>
        public void ActivateAtRest()
        {
            var since = Stopwatch.StartNew();
            string answer = Ask("activate");
            for (; answer.Contains("moves at", StringComparison.Ordinal) && since.Elapsed < 2 * Limit; answer = Ask("activate"))
                Thread.Sleep(50);
            Assert.Equal("ok", answer);
        }

        public string Read() => _reader.ReadLine() ?? "closed";

        public void Send(string line) => _socket.Send(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

        /// <summary>A word of the status line.</summary>
        public string Status(string key)
        {
            string line = Ask("status");
            return line.Split(' ').FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..] ?? line;
        }

        public void Await(string key, string value)
        {
            var since = Stopwatch.StartNew();
            while (Status(key) != value)
            {
                Assert.True(since.Elapsed < Limit, $"{key} was to become {value}: {Ask("status")}");
                Thread.Sleep(5);
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            _socket.Dispose();
        }
    }
}
