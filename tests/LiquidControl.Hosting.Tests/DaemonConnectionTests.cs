using System.Net.Sockets;
using System.Text;
using Xunit;

namespace LiquidControl.Hosting.Tests;

/// <summary>What the client makes of a socket that is not a daemon's, or of one that misbehaves.</summary>
public sealed class DaemonConnectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    private string Place => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_are_put_together_and_taken_apart()
    {
        using Answering peer = new(Place, "ok sta", "te=Active phase=Hold faults=None notices=None goal=Ok cycles=12 skipped=3 control=free\nok\nerror: no.\n");
        using var daemon = DaemonConnection.Open(Place);
        Assert.Equal(Environment.ProcessId, daemon.DaemonProcess);
        Assert.Equal(new DaemonStatus("Active", "Hold", "None", "None", "Ok", 12, 3, "free", Latch: null), daemon.Status());
        Assert.Equal("", daemon.Ask("hold"));
        Assert.Equal("no.", Assert.Throws<DaemonRefusalException>(() => daemon.Ask("dance")).Message);
        peer.Close();
        Assert.True(daemon.WaitForTheEnd(TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("hello\n", "found the answer 'hello', expected one that begins with ok or error")]
    [InlineData("okay\n", "found the answer 'okay'")]
    [InlineData("ok state=Active\n", "found 'state=Active', expected phase= among the words")]
    [InlineData("ok state=A phase=B faults=C notices=None goal=D cycles=many skipped=1 control=free\n", "expected cycles=")]
    public void An_answer_of_somebody_else_is_named(string answer, string message)
    {
        using Answering peer = new(Place, answer);
        using var daemon = DaemonConnection.Open(Place);
        Assert.Contains(message, Assert.Throws<IOException>(daemon.Status).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_an_end_and_a_peer_that_leaves_are_errors()
    {
        using (Answering peer = new(Place, new string('x', 5000)))
        using (var daemon = DaemonConnection.Open(Place))
            Assert.Contains("more than 4096 bytes", Assert.Throws<IOException>(() => daemon.Ask("status")).Message, StringComparison.Ordinal);
        File.Delete(Place);
        using (Answering peer = new(Place, "ok half a li"))
        using (var daemon = DaemonConnection.Open(Place))
        {
            peer.Close();
            Assert.Contains("closed the connection", Assert.Throws<IOException>(() => daemon.Ask("status")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_peer_said_before_it_closed_is_heard()
    {
        using Answering peer = new(Place, "error: eight others are connected.\n");
        using var daemon = DaemonConnection.Open(Place);
        peer.Close();
        Assert.Equal("eight others are connected.", Assert.Throws<DaemonRefusalException>(() => daemon.Ask("status")).Message);
    }

    [Fact]
    public void A_latch_is_the_rest_of_the_line() => Assert.Equal(
        "The daemon before (process 7) ended.",
        DaemonStatus.Parse("state=Inactive phase=Hold faults=None notices=None goal=Ok cycles=1 skipped=0 control=free latched: The daemon before (process 7) ended.").Latch);

    [Fact]
    public void Each_way_not_to_connect_says_what_to_do()
    {
        Assert.Contains("found no socket", Assert.Throws<IOException>(() => DaemonConnection.Open(Place)).Message, StringComparison.Ordinal);
        File.WriteAllText(Place, "");
        Assert.Contains("nobody listens there", Assert.Throws<IOException>(() => DaemonConnection.Open(Place)).Message, StringComparison.Ordinal);
        Assert.Contains("expected at most 107 bytes", Assert.Throws<IOException>(() => DaemonConnection.Open(new string('a', 200))).Message, StringComparison.Ordinal);
        Assert.Contains("usermod -aG liquidcontrol", DaemonConnection.Refusal(Place, new((int)SocketError.AccessDenied)), StringComparison.Ordinal);
    }

    /// <summary>Listens once and sends, whatever it is asked.</summary>
    private sealed class Answering : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly Task<Socket> _peer;

        public Answering(string path, params string[] pieces)
        {
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            _listener.Listen();
            _peer = Task.Run(() =>
            {
                var peer = _listener.Accept();
                foreach (string piece in pieces)
                {
                    peer.Send(Encoding.UTF8.GetBytes(piece));
                    Thread.Sleep(10);
                }

                return peer;
            });
        }

        public void Close() => _peer.Result.Dispose();

        public void Dispose()
        {
            Close();
            _listener.Dispose();
        }
    }
}
