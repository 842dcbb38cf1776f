using System.Diagnostics;
using LiquidControl.Cli.Commands;
using LiquidControl.Cli.Daemon;
using LiquidControl.Service.Tests;
using Xunit;

namespace LiquidControl.Cli.Tests.Daemon;

public sealed class ServiceCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    private string Socket => RunningDaemon.SocketIn(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_becomes_the_daemon_that_signals_reach_once()
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(
            dotnet,
            [
                Path.Combine(AppContext.BaseDirectory, "liquidcontrol.dll"), "service", "run", "--emulated", "--best-effort", "--controller", "ct-eso",
                "--socket", Socket, "--ring", RunningDaemon.RingIn(_folder), "--", "--cpu", "0",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            List<string> says = [];
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                says.Add(line);
                if (line.Contains("commands at", StringComparison.Ordinal)) break;
            }

            Assert.True(File.Exists(Socket), $"{string.Join('\n', says)}\n{(process.HasExited ? process.StandardError.ReadToEnd() : "")}");
            Assert.Contains(says, line => line.Contains("processor 0", StringComparison.Ordinal));
            Assert.Contains($"process {process.Id}", (await CliRun.Of("service", "status", "--socket", Socket)).Output, StringComparison.Ordinal);
            Assert.Contains("Active", (await CliRun.Of("service", "activate", "--socket", Socket)).Output, StringComparison.Ordinal);
            var stop = await CliRun.Of("service", "stop", "--socket", Socket);
            Assert.Equal((0, ""), (stop.ExitCode, stop.Error));
            Assert.Contains("was Active and has ended", stop.Output, StringComparison.Ordinal);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_daemons_own_refusal_is_passed_on()
    {
        using RunningDaemon daemon = new(_folder);
        Assert.Contains("there is nothing to clear", (await CliRun.Of("service", "clear", "--socket", Socket)).AssertBadInput(), StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.Of("service", "activate", "--socket", Socket)).ExitCode);
        Assert.Contains("Stopped", (await CliRun.Of("service", "brake", "--socket", Socket)).Output, StringComparison.Ordinal);
        Assert.Contains("active already", (await CliRun.Of("service", "activate", "--socket", Socket)).AssertBadInput(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_systemd_says_is_taken_apart()
    {
        var unit = SystemdUnit.Parse("MainPID=812\nLoadState=loaded\nActiveState=active\n");
        Assert.True(unit.Exists && unit.Runs(812) && !unit.Runs(813));
        Assert.False(SystemdUnit.Parse("MainPID=0\nLoadState=not-found\nActiveState=inactive\n").Exists);
        Assert.False(SystemdUnit.Parse("MainPID=0\nLoadState=loaded\nActiveState=active\n").Runs(0));
    }

    [Fact]
    public async Task Without_a_unit_the_logs_say_where_to_look()
    {
        Assert.Equal(["journalctl", "--no-pager", "-u", "liquidcontrold.service", "-n", "20", "-f"], ServiceLogsCommand.Words(20, follow: true));
        if (SystemdUnit.Find() is { Exists: true }) return;
        string error = (await CliRun.Of("service", "logs")).AssertBadInput();
        Assert.Contains("expected it to run the daemon", error, StringComparison.Ordinal);
        Assert.Contains("tee daemon.log", error, StringComparison.Ordinal);
    }
}
