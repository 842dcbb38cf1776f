namespace LiquidControl.Cli.Benchmarks;

/// <summary>
/// A program built from the source tree: compiled ahead of time, as the daemon is, where this machine can; built again only after its sources
/// have changed. What building says on the way goes to standard error.
/// </summary>
/// <param name="File">What to start.</param>
/// <param name="FirstArguments">Before its own.</param>
/// <param name="IsNative">Whether it was compiled ahead of time.</param>
internal sealed record CheckoutProgram(string File, string[] FirstArguments, bool IsNative)
{
    private const string Artifacts = "artifacts";

    /// <summary>One build at a time, and one of each program in a process.</summary>
    private static readonly SemaphoreSlim Building = new(1, 1);

    private static readonly Dictionary<string, CheckoutProgram> Built = [];

    /// <summary>What linking a program compiled ahead of time lacks here; null if nothing.</summary>
    public static string? Lacking => ChildProcess.IsOnPath("clang") || ChildProcess.IsOnPath("gcc")
        ? null
        : "Compiling ahead of time needs clang or gcc (Debian: apt-get install clang).";

    /// <summary>Builds it from this source tree.</summary>
    /// <param name="checkout">The tree.</param>
    /// <param name="project">The project's folder in it.</param>
    /// <param name="assembly">What the program is called.</param>
    /// <param name="artifacts">A name for what is built.</param>
    /// <param name="terminal">Where it says what it is about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">It cannot be built.</exception>
    public static async Task<CheckoutProgram> BuildAsync(
        string checkout, string project, string assembly, string artifacts, Terminal terminal, CancellationToken cancellation)
    {
        await Building.WaitAsync(cancellation);
        try
        {
            string key = Path.Combine(checkout, project);
            if (!Built.TryGetValue(key, out var program))
                Built[key] = program = await BuildNowAsync(checkout, project, assembly, artifacts, terminal, cancellation);
            return program;
        }
        finally
        {
            Building.Release();
        }
    }

    /// <summary>Where a program compiled ahead of time lies once it has been built.</summary>
    public static string PublishedIn(string checkout, string project, string assembly, string artifacts) =>
        Path.Combine(checkout, Artifacts, artifacts, "publish", project, "release", assembly);

    private static async Task<CheckoutProgram> BuildNowAsync(
        string checkout, string project, string assembly, string artifacts, Terminal terminal, CancellationToken cancellation)
    {
        string path = Path.Combine(checkout, project), name = Path.GetFileName(path);
        await using var turn = await TurnAsync(Path.Combine(checkout, Artifacts, artifacts + ".lock"), cancellation);
        if (Lacking is { } lacking)
        {
            await terminal.Error.WriteLineAsync($"{lacking} Measuring the program that a JIT compiles instead.");
            string folder = Path.Combine(checkout, Artifacts, artifacts + "-jit");
            await DotnetAsync(checkout, path, folder, ["build"], terminal, cancellation);
            return new(ChildProcess.Dotnet, [Path.Combine(folder, "bin", name, "release", assembly + ".dll")], IsNative: false);
        }

        await terminal.Error.WriteLineAsync($"Compiling {assembly} ahead of time (a minute or two when sources have changed) ...");
        await DotnetAsync(checkout, path, Path.Combine(checkout, Artifacts, artifacts), ["publish", "-p:PublishAot=true"], terminal, cancellation);
        return new(PublishedIn(checkout, name, assembly, artifacts), [], IsNative: true);
    }

    /// <summary>Another process may be building the same just now: both would write the same files.</summary>
    private static async Task<FileStream> TurnAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (System.IO.File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }

    private static async Task DotnetAsync(
        string checkout, string project, string folder, string[] command, Terminal terminal, CancellationToken cancellation)
    {
        string[] arguments =
        [
            .. command, project, "-c", "Release", "--artifacts-path", folder,
            "-p:RunAnalyzers=false", "--disable-build-servers", "-nologo", "-v", "quiet",
        ];
        // Its findings belong to people, not to who reads the result.
        int code = await ChildProcess.RunAsync(ChildProcess.Dotnet, arguments, checkout, terminal.Error, terminal.Error, cancellation);
        if (code != 0) throw new BadInputException($"dotnet {command[0]} {project}: ended with {code}. See its messages above.");
    }
}
