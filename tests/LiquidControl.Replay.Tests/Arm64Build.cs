using Xunit;

namespace LiquidControl.Replay.Tests;

/// <summary>
/// Programs compiled ahead of time for linux-arm64, in a temporary folder that goes with this; what two have in common is compiled once.
/// </summary>
public sealed class Arm64Build : IDisposable
{
    /// <summary>Where Debian and Ubuntu put the arm64 C library for cross-compilers (libc6-dev-arm64-cross).</summary>
    private const string SystemRoot = "/usr/aarch64-linux-gnu";

    private const string Packages = "clang lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static";

    private const string Emulator = "qemu-aarch64-static";

    private static readonly string[] Tools = ["clang", "ld.lld", "aarch64-linux-gnu-gcc", Emulator];

    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-arm64-").FullName;

    /// <summary>Compiles a program and runs it under emulation.</summary>
    /// <param name="project">Its folder in the repository.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="arguments">Its own.</param>
    internal ToolRun Run(string project, string name, params string[] arguments)
    {
        ThrowIfImpossible();
        Publish(project);
        string published = Path.Combine(_folder, "publish", Path.GetFileName(project));
        string program = Directory.EnumerateFiles(published, name, SearchOption.AllDirectories).Single();
        return ToolRun.Start(Emulator, [program, .. arguments], Path.GetDirectoryName(program)!, new() { ["QEMU_LD_PREFIX"] = SystemRoot });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Skips the test that asks, naming what is missing; fails it where tools are demanded.</summary>
    private static void ThrowIfImpossible()
    {
        List<string> missing = [.. Tools.Where(tool => !ToolRun.IsOnPath(tool))];
        if (!Directory.Exists(SystemRoot)) missing.Add(SystemRoot);
        string needs = $"needs {string.Join(", ", missing)}: apt-get install {Packages}";
        bool required = Environment.GetEnvironmentVariable("LIQUIDCONTROL_REQUIRE_TOOLS") == "1";
        Assert.SkipUnless(missing.Count == 0 || required, needs);
        Assert.True(missing.Count == 0, needs);
    }

    /// <summary>Warnings are errors, those of trimming and ahead-of-time compilation too.</summary>
    private void Publish(string project)
    {
        string[] arguments =
        [
            "publish", project, "-c", "Release", "-r", "linux-arm64", "--artifacts-path", _folder,
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:CppCompilerAndLinker=clang", "-p:LinkerFlavor=lld",
            "-p:StripSymbols=false", "-p:NativeDebugSymbols=false", "-p:RunAnalyzers=false", "--disable-build-servers", "-nologo", "-v", "quiet",
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
