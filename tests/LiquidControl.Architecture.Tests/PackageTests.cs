using System.Runtime.Versioning;
using Xunit;

namespace LiquidControl.Architecture.Tests;

/// <summary>firmware-config/debian/package.sh on a folder with two programs that do nothing.</summary>
[SupportedOSPlatform("linux")]
public sealed class PackageTests : IDisposable
{
    private static readonly string Configuration = Path.Combine(Repository.Root, "firmware-config");

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-package-").FullName;

    public PackageTests()
    {
        Directory.CreateDirectory(Path.Combine(Programs, "firmware-config"));
        foreach (string program in (string[])["liquidcontrol", "liquidcontrold"]) File.WriteAllText(Path.Combine(Programs, program), "#!/bin/true\n");
        File.Copy(Path.Combine(Configuration, "install.sh"), Path.Combine(Programs, "firmware-config", "install.sh"));
        Assert.SkipUnless(
            Shell.Has("dpkg-deb") || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", "dpkg-deb is not installed: apt-get install dpkg");
    }

    private string Programs => Path.Combine(_folder, "programs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_folder_gives_the_same_bytes()
    {
        string first = Make("first.deb", "arm64");
        foreach (string file in Directory.EnumerateFiles(Programs, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(Make("second.deb", "arm64")));
    }

    [Fact]
    public void Everything_belongs_to_root_and_lies_where_Debian_looks_for_it()
    {
        string[] entries = Run("dpkg-deb", "-c", Make("package.deb", "amd64")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(entries, entry => Assert.Contains(" root/root ", entry, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Contains(" 2001-09-09 ", entry, StringComparison.Ordinal));
        foreach (string place in (string[])
        [
            "./usr/lib/systemd/system/liquidcontrold.service", "./usr/lib/udev/rules.d/60-liquidcontrol.rules", "./usr/lib/sysctl.d/60-liquidcontrol.conf",
            "./usr/lib/sysusers.d/liquidcontrol.conf", "./etc/liquidcontrol/daemon.conf", "./usr/share/doc/liquidcontrol/copyright",
        ])
            Assert.Contains(entries, entry => entry.StartsWith("-rw-r--r--", StringComparison.Ordinal) && entry.EndsWith(' ' + place, StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.StartsWith("-rwxr-xr-x", StringComparison.Ordinal) && entry.EndsWith(" ./usr/lib/liquidcontrol/liquidcontrold", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.EndsWith(" ./usr/bin/liquidcontrold -> ../lib/liquidcontrol/liquidcontrold", StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_edits_is_kept_over_an_upgrade_and_the_fields_are_filled_in()
    {
        string package = Make("package.deb", "arm64");
        Assert.Equal("/etc/liquidcontrol/daemon.conf\n", Run("dpkg-deb", "-I", package, "conffiles"));
        string fields = Run("dpkg-deb", "-f", package);
        Assert.Contains("Version: 1.2.3+test\n", fields, StringComparison.Ordinal);
        Assert.Contains("Architecture: arm64\n", fields, StringComparison.Ordinal);
        Assert.DoesNotContain("@", fields.Replace("liquidcontrol@localhost", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>systemd would otherwise delete the ring, which holds why the last daemon ended.</summary>
    [Fact]
    public void The_ring_outlives_the_unit() =>
        Assert.Contains("\nRemoveIPC=no\n", File.ReadAllText(Path.Combine(Configuration, "systemd", "liquidcontrold.service")), StringComparison.Ordinal);

    [Theory]
    [InlineData("package.sh")]
    [InlineData("try.sh")]
    [InlineData("postinst")]
    [InlineData("prerm")]
    [InlineData("postrm")]
    public void The_scripts_are_clean_under_shellcheck(string script)
    {
        Assert.SkipUnless(Shell.Has("shellcheck") || Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1", "shellcheck is not installed");
        Assert.Equal("", Run("shellcheck", "--shell=sh", Path.Combine(Configuration, "debian", script)));
    }

    private string Make(string name, string architecture)
    {
        string output = Path.Combine(_folder, name);
        Run("sh", Path.Combine(Configuration, "debian", "package.sh"), Programs, "1.2.3+test", architecture, output);
        return output;
    }

    private static string Run(params string[] words)
    {
        var run = Shell.Run(new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1000000000", ["TZ"] = "UTC" }, words);
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }
}
