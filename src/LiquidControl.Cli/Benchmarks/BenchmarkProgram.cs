using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiquidControl.Cli.Benchmarks;

/// <summary>
/// The program that measures, tests/LiquidControl.Benchmarks: compiled ahead of time, as the daemon is, where this machine can; built again
/// only after its sources have changed. What building and measuring say on the way goes to standard error.
/// </summary>
internal sealed class BenchmarkProgram
{
    private const string Project = "LiquidControl.Benchmarks";

    private static readonly string Artifacts = Path.Combine("artifacts", "benchmarks");

    private readonly string _program;
    private readonly string[] _arguments;

    private BenchmarkProgram(string program, params string[] arguments)
    {
        _program = program;
        _arguments = arguments;
    }

    /// <summary>What linking a program compiled ahead of time lacks here; null if nothing.</summary>
    public static string? Lacking => ChildProcess.IsOnPath("clang") || ChildProcess.IsOnPath("gcc")
        ? null
        : "Compiling ahead of time needs clang or gcc (Debian: apt-get install clang).";

    /// <summary>Builds it from the source tree around here, runs one of its parts and reads the rows it prints.</summary>
    /// <param name="suite">Which part.</param>
    /// <param name="quick">Only to see that it runs.</param>
    /// <param name="json">Of the rows.</param>
    /// <param name="terminal">Where it says what it is about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">It cannot be built, or it failed.</exception>
    public static async Task<TRow[]> MeasureAsync<TRow>(
        string suite, bool quick, JsonTypeInfo<TRow[]> json, Terminal terminal, CancellationToken cancellation)
    {
        var program = await BuildAsync(Checkout.Find(), terminal, cancellation);
        string measured = await program.RunAsync(quick ? [suite, "--quick"] : [suite], terminal, cancellation);
        return JsonSerializer.Deserialize(measured, json)!;
    }

    /// <summary>Builds it from this source tree.</summary>
    /// <exception cref="BadInputException">It cannot be built.</exception>
    public static async Task<BenchmarkProgram> BuildAsync(string checkout, Terminal terminal, CancellationToken cancellation)
    {
        if (Lacking is { } lacking)
        {
            await terminal.Error.WriteLineAsync($"{lacking} Measuring the program that a JIT compiles instead.");
            string folder = Path.Combine(checkout, "artifacts", "benchmarks-jit");
            await DotnetAsync(checkout, folder, ["build"], terminal, cancellation);
            return new(ChildProcess.Dotnet, Path.Combine(folder, "bin", Project, "release", Project + ".dll"));
        }

        await terminal.Error.WriteLineAsync("Compiling the benchmarks ahead of time (a minute or two when sources have changed) ...");
        await DotnetAsync(checkout, Path.Combine(checkout, Artifacts), ["publish", "-p:PublishAot=true"], terminal, cancellation);
        return new(PublishedIn(checkout));
    }

    /// <summary>Where the program compiled ahead of time lies once it has been built.</summary>
    public static string PublishedIn(string checkout) => Path.Combine(checkout, Artifacts, "publish", Project, "release", Project);

    /// <summary>What it prints on standard output.</summary>
    /// <exception cref="BadInputException">It failed; it has said why.</exception>
    public async Task<string> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        using StringWriter output = new();
        string[] all = [.. _arguments, .. arguments];
        int code = await ChildProcess.RunAsync(_program, all, Path.GetTempPath(), output, terminal.Error, cancellation);
        return code == 0
            ? output.ToString()
            : throw new BadInputException($"{Project} {string.Join(' ', arguments)}: ended with {code}. See its message above.");
    }

    private static async Task DotnetAsync(
        string checkout, string folder, string[] command, Terminal terminal, CancellationToken cancellation)
    {
        string project = Path.Combine(checkout, "tests", Project);
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
