using System.Runtime.Versioning;
using System.Security.Cryptography;
using Xunit;

namespace LiquidControl.Architecture.Tests;

/// <summary>firmware-config/install.sh on a folder in the place of /.</summary>
[SupportedOSPlatform("linux")]
public sealed class InstallTests : IDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "firmware-config", "install.sh");

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public InstallTests()
    {
        // What a killed script leaves in its temporary folder goes with this one.
        _environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        Write("boot/firmware/config.txt", "# user\ndtparam=audio=on");
        Write("boot/firmware/cmdline.txt", "console=tty1 root=PARTUUID=12-02 rootwait\n");
        Write("boot/extlinux/extlinux.conf", "TIMEOUT 30\nLABEL primary\n      LINUX /boot/Image\n      APPEND ${cbootargs} quiet\n");
        Write("etc/sysctl.d/60-liquidcontrol.conf", "kernel.sched_rt_runtime_us = 900000\n");
        Write("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        File.SetUnixFileMode(Path.Combine(Root, "etc/sysctl.d/60-liquidcontrol.conf"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string Root => Path.Combine(_folder, "root");

    [Theory]
    [InlineData("raspberry-pi", 10)]
    [InlineData("jetson", 10)]
    public void A_second_install_changes_nothing_and_undo_restores_every_byte(string board, int files)
    {
        if (board == "jetson") Write("proc/device-tree/model", "NVIDIA Jetson Orin Nano Developer Kit\0");
        var before = Tree();
        var first = Install();
        var installed = Tree();
        Assert.Equal((0, files), (first.ExitCode, first.Output.Split('\n').Count(line => line.StartsWith("wrote", StringComparison.Ordinal))));
        Assert.Contains("sudo reboot", first.Output, StringComparison.Ordinal);
        Assert.Contains("isolcpus=managed_irq,domain,", Read(board == "jetson" ? "boot/extlinux/extlinux.conf" : "boot/firmware/cmdline.txt"), StringComparison.Ordinal);

        var second = Install();
        Assert.Contains("nothing was changed", second.Output, StringComparison.Ordinal);
        Assert.Equal(installed, Tree());

        var undo = Install("--undo");
        Assert.True(undo.ExitCode == 0, undo.Output);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void A_dry_run_shows_each_line_and_changes_nothing()
    {
        var before = Tree();
        var run = Install("--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("+dtparam=i2c_arm=on,i2c_arm_baudrate=400000", run.Output, StringComparison.Ordinal);
        Assert.Contains("-kernel.sched_rt_runtime_us = 900000", run.Output, StringComparison.Ordinal);
        Assert.Contains("10 files would change", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void A_file_that_cannot_be_written_brings_everything_back()
    {
        Write("etc/udev", "a file where a folder is needed");
        var before = Tree();
        var run = Install();
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("what was there before is back", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
    }

    /// <summary>Killed at its n-th rename: every file is the old or the new one, a second install completes, and undo still finds the way back.</summary>
    [Fact]
    public void A_kill_at_any_moment_leaves_no_half_written_file_and_a_way_back()
    {
        var before = Tree();
        Install();
        var after = Tree();
        Install("--undo");
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string count = Path.Combine(_folder, "count"), path = Environment.GetEnvironmentVariable("PATH")!;
        File.WriteAllText(Path.Combine(bin, "mv"), $"#!/bin/sh\nread -r left <'{count}'\n[ \"$left\" -gt 0 ] || kill -9 $PPID\necho $((left - 1)) >'{count}'\nexec /bin/mv \"$@\"\n");
        File.SetUnixFileMode(Path.Combine(bin, "mv"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // Before the record, at it, at the first, a middle and the last file.
        foreach (int renames in (int[])[0, 1, 2, 6, 11])
        {
            File.WriteAllText(count, $"{renames}\n");
            _environment["PATH"] = $"{bin}:{path}";
            Assert.NotEqual(0, Install().ExitCode);
            _environment["PATH"] = path;
            Assert.All(Tree().Where(entry => !entry.Key.EndsWith("-new", StringComparison.Ordinal) && !entry.Key.Contains("/var/lib/", StringComparison.Ordinal)), entry =>
                Assert.True(entry.Value == before.GetValueOrDefault(entry.Key) || entry.Value == after.GetValueOrDefault(entry.Key), $"{entry.Key} after {renames} renames"));

            Install();
            Assert.Equal(after.Where(entry => !entry.Key.Contains("/var/lib/", StringComparison.Ordinal)), Tree().Where(entry => !entry.Key.Contains("/var/lib/", StringComparison.Ordinal)));
            Install("--undo");
            Assert.Equal(before, Tree());
        }
    }

    [Fact]
    public void What_somebody_changed_since_is_left_and_told()
    {
        Install();
        File.AppendAllText(Path.Combine(Root, "boot/firmware/config.txt"), "dtoverlay=mine\n");
        var undo = Install("--undo");
        Assert.NotEqual(0, undo.ExitCode);
        Assert.Contains("left     /boot/firmware/config.txt", undo.Output, StringComparison.Ordinal);

        // A second install takes the change for the user's own; undo then gives it back without our block.
        Assert.Equal(0, Install().ExitCode);
        Assert.Equal(0, Install("--undo").ExitCode);
        Assert.Equal("# user\ndtparam=audio=on\ndtoverlay=mine\n", Read("boot/firmware/config.txt"));
    }

    [Fact]
    public void Beside_the_package_only_what_the_board_needs_is_written()
    {
        Write("usr/lib/systemd/system/liquidcontrold.service", "[Unit]\n");
        var run = Install();
        Assert.Equal((0, 3), (run.ExitCode, run.Output.Split('\n').Count(line => line.StartsWith("wrote", StringComparison.Ordinal))));
        Assert.Contains("wrote    /etc/systemd/system/liquidcontrold.service.d/board.conf", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_came_later_is_not_overruled()
    {
        Install();
        Write("usr/lib/systemd/system/liquidcontrold.service", "[Unit]\n");
        var run = Install();
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("run --undo, then again", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, Install("--undo").ExitCode);
        Assert.Equal(0, Install().ExitCode);
    }

    [Fact]
    public void An_option_that_the_user_set_is_kept_and_told()
    {
        Write("boot/firmware/cmdline.txt", "console=tty1 isolcpus=2 rootwait\n");
        var run = Install();
        Assert.Contains("kept: isolcpus=2 (not isolcpus=managed_irq,domain,3)", run.Output, StringComparison.Ordinal);
        Assert.Equal("console=tty1 isolcpus=2 rootwait nohz_full=3 rcu_nocbs=3 irqaffinity=0-2\n", Read("boot/firmware/cmdline.txt"));
    }

    [Theory]
    [InlineData("Orange Pi 5", "this board is not known")]
    [InlineData("Raspberry Pi 5", "but the device tree says", "--board", "jetson")]
    [InlineData("", "expected raspberry-pi or jetson", "--board", "toaster")]
    [InlineData("", "expected one of the options", "--force")]
    public void What_is_not_understood_is_refused_before_anything_is_touched(string model, string message, params string[] options)
    {
        Write("proc/device-tree/model", model);
        var before = Tree();
        var run = Install(options);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void The_script_is_clean_under_shellcheck()
    {
        Require("shellcheck");
        var run = Shell.Run(_environment, "shellcheck", "--shell=sh", Script);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [InlineData("systemd/liquidcontrold.service")]
    [InlineData("jetson/liquidcontrol-clocks.service")]
    public void Systemd_has_nothing_to_say_about_the_unit(string unit)
    {
        Require("systemd-analyze");
        string file = Path.Combine(_folder, Path.GetFileName(unit));
        string text = File.ReadAllText(Path.Combine(Repository.Root, "firmware-config", unit));
        foreach (string program in (string[])["/usr/bin/liquidcontrold", "/usr/sbin/nvpmodel", "/usr/bin/jetson_clocks"])
            text = text.Replace(program, "/bin/true", StringComparison.Ordinal);
        File.WriteAllText(file, text);

        var run = Shell.Run(_environment, "systemd-analyze", "verify", "--man=no", file);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Require(string tool) => Assert.SkipUnless(
        Shell.Has(tool) || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", $"{tool} is not installed");

    private Shell Install(params string[] options) => Shell.Run(_environment, ["sh", Script, "--root", Root, .. options]);

    private string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private void Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Every file and folder with its mode and content.</summary>
    private SortedDictionary<string, string> Tree()
    {
        var tree = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories))
        {
            string content = Directory.Exists(path) ? "folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
            tree[path[Root.Length..]] = $"{File.GetUnixFileMode(path)} {content}";
        }

        return tree;
    }
}
