using System.Net.Sockets;
using System.Text;
using LiquidControl.Service.Linux;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>sd_notify(3), heard on a socket as systemd would.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-notify-").FullName;
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };

    public void Dispose()
    {
        _systemd.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_told_arrives_by_a_path_and_by_an_abstract_name(bool isAbstract)
    {
        string path = isAbstract ? $"@liquidcontrol-test-{Guid.NewGuid()}" : Path.Combine(_folder, "notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path[1..] : path));
        using ServiceManager manager = new(path, "2000000");
        Assert.Equal(TimeSpan.FromSeconds(2), manager.WatchdogPeriod);
        manager.Ready("ar4-dc: Inactive");
        Assert.Equal("READY=1\nSTATUS=ar4-dc: Inactive", Heard());
        manager.Alive();
        Assert.Equal("WATCHDOG=1", Heard());
        manager.Status("STATUS=Active"u8);
        Assert.Equal("STATUS=Active", Heard());
        manager.Stopping();
        Assert.Equal("STOPPING=1", Heard());
    }

    [Fact]
    public void Without_systemd_nothing_happens()
    {
        using ServiceManager manager = new(null, null);
        manager.Ready("nobody");
        manager.Alive();
        Assert.Null(manager.WatchdogPeriod);
    }

    [Fact]
    public void A_socket_that_nobody_listens_on_is_named()
    {
        var error = Assert.Throws<IOException>(() => new ServiceManager(Path.Combine(_folder, "none"), null));
        Assert.Contains("NOTIFY_SOCKET=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_says_ready_then_that_it_lives_then_that_it_ends()
    {
        string path = Path.Combine(_folder, "notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(path));
        using RunningDaemon daemon = new(_folder, new() { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "200000" });
        Assert.StartsWith("READY=1", Heard(), StringComparison.Ordinal);
        for (int beats = 0; beats < 5;)
        {
            if (Heard() == "WATCHDOG=1") beats++;
        }

        // A loop that stands still is not told to live.
        daemon.Signal("STOP");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        while (_systemd.Available > 0) Heard();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(0, _systemd.Available);
        daemon.Signal("CONT");
        daemon.Signal("TERM");
        string last;
        do last = Heard();
        while (last != "STOPPING=1");
        Assert.Equal(0, daemon.End().ExitCode);
    }

    private string Heard()
    {
        byte[] message = new byte[256];
        return Encoding.UTF8.GetString(message, 0, _systemd.Receive(message));
    }
}
