using Xunit;

namespace LiquidControl.Replay.Tests;

/// <summary>The replay program compiled ahead of time for linux-arm64, in a temporary folder that goes with it.</summary>
internal sealed class Arm64Build : IDisposable
{
    /// <summary>Where Debian and Ubuntu put the arm64 C library for cross-compilers (libc6-dev-arm64-cross).</summary>
    private const string SystemRoot = "/usr/aarch64-linux-gnu";

    private const string Packages = "clang lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static";

    private const string Emulator = "qemu-aarch64-static";

    private static readonly string[] Tools = ["clang", "ld.lld", "aarch64-linux-gnu-gcc", Emulator];

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-arm64-").FullName;

    /// <summary>Skips the test that asks, naming what is missing; fails it where tools are demanded.</summary>
    public static Arm64Build Make()
    {
        List<string> missing = [.. Tools.Where(tool => !ToolRun.IsOnPath(tool))];
        if (!Directory.Exists(SystemRoot)) missing.Add(SystemRoot);
        string needs = $"needs {string.Join(", ", missing)}: apt-get install {Packages}";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(missing.Count == 0 || required, needs);
        Assert.True(missing.Count == 0, needs);
        var build = new Arm64Build();
        try
        {
            build.Publish();
            return build;
        }
        catch
        {
            build.Dispose();
            throw;
        }
    }

    /// <summary>Runs the program under emulation.</summary>
    public ToolRun Run()
    {
        string published = Path.Combine(_folder, "publish");
        string program = Directory.EnumerateFiles(published, "LiquidControl.Replay", SearchOption.AllDirectories).Single();
        return ToolRun.Start(Emulator, [program], Path.GetDirectoryName(program)!, new() { ["QEMU_LD_PREFIX"] = SystemRoot });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Warnings are errors, those of trimming and ahead-of-time compilation too.</summary>
    private void Publish()
    {
        string[] arguments =
        [
            "publish", Path.Combine("tests", "LiquidControl.Replay"), "-c", "Release", "-r", "linux-arm64", "--artifacts-path", _folder,
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:CppCompilerAndLinker=clang", "-p:LinkerFlavor=lld",
            "-p:StripSymbols=false", "-p:RunAnalyzers=false", "--disable-build-servers", "-nologo", "-v", "quiet",
        ];
        ToolRun publish = ToolRun.Start(ToolRun.Dotnet, arguments, RepositoryRoot(), []);
        Assert.True(publish.Succeeded, publish.Output + publish.Errors);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiquidControl.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("LiquidControl.sln was not found above the test's folder.");
    }
}
