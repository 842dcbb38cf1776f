using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Hosting;
using Xunit;

namespace LiquidControl.Service.Tests;

/// <summary>The daemon as a process: what it does at each command, when it is told to end, and after it was killed.</summary>
public sealed class DaemonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-daemon-").FullName;
    private readonly double[] _place = RobotConfiguration.Load(RobotCatalog.Find("ar4-dc")).Arm.Poses["place"];

    private string Goal => "goal " + string.Join(' ', _place.Select(angle => angle.ToString("R", CultureInfo.InvariantCulture)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_move_under_a_lease_reaches_its_goal_and_every_cycle_stands_in_the_ring()
    {
        using RunningDaemon daemon = new(_folder);
        using var person = daemon.Connect();
        Assert.Equal("Inactive", person.Status("state"));
        Assert.Equal("ok", person.Ask("activate"));
        Assert.Equal("ok", person.Ask("take"));
        Assert.Equal("ok", person.Ask(Goal));
        Await(person, "Hold");
        Assert.Equal("Active", person.Status("state"));
        Assert.Equal("ok", person.Ask("release"));
        daemon.Signal("TERM");
        Assert.Equal(0, daemon.End().ExitCode);

        var (description, records) = RunningDaemon.Records(daemon.RingPath);
        Assert.Equal(("ar4-dc", 500.0, 6), (description.Robot, description.Rate, description.Joints));
        byte[] arrived = records.Last(record => Word(description, record, "state") == "Active");
        for (int joint = 0; joint < 6; joint++)
            Assert.Equal(_place[joint], Field(description, $"position_{joint + 1}").Number(arrived), 0.005);
        long[] cycles = [.. records.Select(record => Field(description, "cycle").Whole(record))];
        Assert.Equal(Enumerable.Range((int)cycles[0], cycles.Length).Select(cycle => (long)cycle), cycles);
        Assert.Equal("Inactive", Word(description, records[^1], "state"));
        Assert.False(File.Exists(RunningDaemon.SocketIn(_folder)));
    }

    [Fact]
    public void Control_has_one_at_a_time_and_whoever_leaves_in_motion_is_missed()
    {
        using RunningDaemon daemon = new(_folder);
        using var watcher = daemon.Connect();
        using (var mover = daemon.Connect())
        {
            Assert.Equal("ok", mover.Ask("activate"));
            Assert.StartsWith("error: this connection has no control", mover.Ask(Goal), StringComparison.Ordinal);
            Assert.Equal("ok", mover.Ask("take"));
            Assert.StartsWith("error: another connection has control", watcher.Ask("take"), StringComparison.Ordinal);
            Assert.Equal("ok", mover.Ask(Goal));
            watcher.Await("phase", "Move");
        }

        watcher.Await("state", "Holding");
        Assert.Equal("SetpointSilent", watcher.Status("faults"));
        Assert.Equal("free", watcher.Status("control"));
        watcher.Await("phase", "Hold");
        Assert.Equal("ok", watcher.Ask("clear"));
        watcher.Await("state", "Active");
    }

    [Fact]
    public void Anybody_may_stop_and_a_stopped_arm_takes_no_goal()
    {
        using RunningDaemon daemon = new(_folder);
        using var mover = daemon.Connect();
        using var person = daemon.Connect();
        mover.Ask("activate");
        mover.Ask("take");
        mover.Ask(Goal);
        person.Await("phase", "Move");
        Assert.Equal("ok", person.Ask("stop"));
        person.Await("state", "Stopped");
        Assert.Equal("OperatorStop", person.Status("faults"));
        Assert.Contains("found the state Stopped, expected Active", mover.Ask(Goal), StringComparison.Ordinal);
        Assert.Equal("ok", person.Ask("deactivate"));
        person.Await("state", "Inactive");
        Assert.Contains("there is nothing to clear", person.Ask("clear"), StringComparison.Ordinal);
        person.ActivateAtRest();
    }

    [Fact]
    public void The_first_term_brings_the_arm_to_rest_before_the_end()
    {
        using RunningDaemon daemon = new(_folder);
        using var mover = daemon.Connect();
        mover.Ask("activate");
        mover.Ask("take");
        mover.Ask(Goal);
        mover.Await("phase", "Move");
        daemon.Signal("TERM");
        Assert.Equal(0, daemon.End().ExitCode);
        var (description, records) = RunningDaemon.Records(daemon.RingPath);
        Assert.Contains(records, record =>
            Word(description, record, "state") == "Stopped" && Word(description, record, "faults").Contains("OperatorStop", StringComparison.Ordinal));
        byte[] before = records.Last(record => Word(description, record, "state") != "Inactive");
        for (int joint = 1; joint <= 6; joint++)
            Assert.Equal(0.0, Field(description, $"velocity_{joint}").Number(before), 0.02);
    }

    [Fact]
    public void After_a_kill_in_motion_the_next_daemon_says_so_and_wants_a_clear()
    {
        using (RunningDaemon killed = new(_folder))
        {
            using var mover = killed.Connect();
            mover.Ask("activate");
            mover.Ask("take");
            mover.Ask(Goal);
            mover.Await("phase", "Move");
            killed.Kill();
        }

        // Started twice: the second must not forget what the first has found.
        using (RunningDaemon again = new(_folder))
            again.Kill();
        using RunningDaemon daemon = new(_folder);
        Assert.Contains(daemon.Says, line => line.Contains("ended without stopping the arm", StringComparison.Ordinal));
        using var person = daemon.Connect();
        Assert.Contains("in the state Active", person.Ask("status"), StringComparison.Ordinal);
        Assert.Contains("ended without stopping the arm", person.Ask("activate"), StringComparison.Ordinal);
        Assert.Equal("ok", person.Ask("clear"));
        Assert.Equal("ok", person.Ask("activate"));
        person.Await("state", "Active");
    }

    [Fact]
    public async Task A_daemon_that_starts_before_the_kernel_has_cleared_a_killed_one_away_says_so_too()
    {
        ForeignFile held;
        using (RunningDaemon killed = new(_folder))
        {
            using var person = killed.Connect();
            Assert.Equal("ok", person.Ask("activate"));
            person.Await("state", "Active");
            held = ForeignFile.Hold(killed.Id, killed.RingPath);
            killed.Kill();
        }

        var starting = Task.Run(() => new RunningDaemon(_folder), TestContext.Current.CancellationToken);
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        held.Dispose();
        using var daemon = await starting;
        Assert.Contains(daemon.Says, line => line.Contains("ended without stopping the arm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_daemon_is_refused_while_the_first_lives()
    {
        using RunningDaemon first = new(_folder);
        using DaemonProcess second = new("run", "--emulated", "--best-effort", "--socket", RunningDaemon.SocketIn(_folder), "--ring", first.RingPath);
        var (code, _, errors) = second.End();
        Assert.Equal(2, code);
        Assert.Contains("a liquidcontrold answers there already", errors, StringComparison.Ordinal);
        using var person = first.Connect();
        Assert.Equal("Inactive", person.Status("state"));
    }

    [Fact]
    public void A_line_that_is_no_command_is_answered_and_one_that_never_ends_is_cut_off()
    {
        using RunningDaemon daemon = new(_folder);
        using var person = daemon.Connect();
        Assert.StartsWith("error: found an unknown word, expected status", person.Ask("dance"), StringComparison.Ordinal);
        person.Send("take\nstatus");
        Assert.Equal("ok", person.Ask(""));
        Assert.StartsWith("error: found a line of more than 511 bytes", daemon.Connect().Ask(new string('x', 2000)), StringComparison.Ordinal);
        var others = Enumerable.Range(0, 7).Select(_ => daemon.Connect()).ToArray();
        Assert.All(others, other => Assert.Equal("Inactive", other.Status("state")));
        using (var ninth = daemon.Connect())
            Assert.StartsWith("error: eight others are connected", ninth.Read(), StringComparison.Ordinal);
        Array.ForEach(others, other => other.Dispose());
    }

    /// <summary>Renews the lease until the arm is in that phase.</summary>
    private static void Await(RunningDaemon.Connection mover, string phase)
    {
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal("ok", mover.Ask("renew"));
            if (i > 10 && mover.Status("phase") == phase) return;
            Thread.Sleep(10);
        }

        Assert.Fail($"the arm was to come to the phase {phase}: {mover.Ask("status")}");
    }

    private static string Word(RingDescription description, byte[] record, string name) => Field(description, name).Text(record);

    private static RecordField Field(RingDescription description, string title) => description.Fields.First(field => field.Title == title);
}
