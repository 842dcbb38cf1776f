using System.Globalization;
using LiquidControl.Cli;

namespace LiquidControl.Fuzz.Afl;

/// <summary>
/// One run of afl-fuzz on a target, in a folder of its own: an instrumented copy of this program, the dictionary, and what afl-fuzz found.
/// </summary>
/// <param name="target">The reader.</param>
/// <param name="folder">A new folder.</param>
internal sealed class AflRun(FuzzTarget target, string folder)
{
    /// <summary>Longest input. Readers bound their files themselves; what is wrong with a megabyte is mostly wrong with this, and found sooner.</summary>
    private const string LongestInput = "65536";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string _found = Path.Combine(folder, "found");
    private string[] _program = [];

    /// <summary>Inputs that broke a promise.</summary>
    public IReadOnlyList<string> Crashes => Inputs("crashes");

    /// <summary>Inputs that did not come to an end.</summary>
    public IReadOnlyList<string> Hangs => Inputs("hangs");

    /// <summary>The largest that one input made the reader allocate, bytes.</summary>
    public long LargestAllocation => File.Exists(LargestFile) ? long.Parse(File.ReadAllText(LargestFile), CultureInfo.InvariantCulture) : 0;

    private string LargestFile => Path.Combine(folder, "largest-allocation");

    private string StatisticsFile => Path.Combine(_found, "default", "fuzzer_stats");

    private string Queue => Path.Combine(_found, "default", "queue");

    /// <summary>Fuzzes for a time.</summary>
    /// <param name="corpus">The folder of inputs to start from.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="seed">Of afl-fuzz's random numbers.</param>
    /// <param name="watch">Is told how far it is, about once a second.</param>
    /// <param name="cancellation">Ends afl-fuzz and what it started.</param>
    /// <exception cref="BadInputException">afl-fuzz is missing, or would not run.</exception>
    public async Task<AflStatistics> FuzzAsync(
        string corpus, int seconds, long seed, Action<AflStatistics> watch, CancellationToken cancellation)
    {
        AflTool.Find("afl-fuzz");
        _program = [AflTool.Find("dotnet"), InstrumentedCopy.Make(target, Path.Combine(folder, "program")), "serve", target.Name, LargestFile];
        string dictionary = Path.Combine(folder, "words.dict");
        await File.WriteAllTextAsync(dictionary, AflDictionary.Of(target), cancellation);
        string[] arguments =
        [
            "-i", corpus, "-o", _found, "-x", dictionary, "-V", $"{seconds}", "-s", $"{seed}", "-G", LongestInput, .. AflTool.Common, "--", .. _program,
        ];
        string log = Path.Combine(folder, "afl-fuzz.log");
        Task<int> run = AflTool.RunAsync("afl-fuzz", arguments, log, cancellation);
        while (await Task.WhenAny(run, Task.Delay(BetweenLooks, CancellationToken.None)) != run)
        {
            if (AflStatistics.TryRead(StatisticsFile) is { } now) watch(now);
        }

        return await run == 0 && AflStatistics.TryRead(StatisticsFile) is { } end
            ? end
            : throw new BadInputException($"afl-fuzz gave up: {LastLines(log)}");
    }

    /// <summary>
    /// Copies the fewest inputs that reach all branches that were reached into a folder; to keep how often each was taken as well would take
    /// two to three times as many.
    /// </summary>
    /// <exception cref="BadInputException">afl-cmin is missing, or would not run.</exception>
    public async Task DistilAsync(string into, CancellationToken cancellation)
    {
        string log = Path.Combine(folder, "afl-cmin.log");
        string[] arguments = ["-e", "-i", Queue, "-o", into, .. AflTool.Common, "--", .. _program];
        if (await AflTool.RunAsync("afl-cmin", arguments, log, cancellation) != 0)
            throw new BadInputException($"afl-cmin gave up: {LastLines(log)}");
    }

    private string[] Inputs(string kind)
    {
        string inputs = Path.Combine(_found, "default", kind);
        return Directory.Exists(inputs) ? [.. Directory.EnumerateFiles(inputs, "id:*").Order(StringComparer.Ordinal)] : [];
    }

    private static string LastLines(string log) => string.Join(' ', File.ReadLines(log).TakeLast(4).Select(line => line.Trim()));
}
