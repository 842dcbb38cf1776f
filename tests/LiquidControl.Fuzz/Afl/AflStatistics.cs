using System.Globalization;

namespace LiquidControl.Fuzz.Afl;

/// <summary>What afl-fuzz says of a run in its file fuzzer_stats.</summary>
/// <param name="Seconds">Since its start.</param>
/// <param name="Executions">Inputs run.</param>
/// <param name="Corpus">Inputs that reached something new, those it started from included.</param>
/// <param name="Started">Of those, how many it started from.</param>
/// <param name="Edges">Branches seen.</param>
/// <param name="Crashes">Inputs with different ways to a failure.</param>
/// <param name="Hangs">Inputs with different ways into one that never ended.</param>
internal sealed record AflStatistics(int Seconds, long Executions, int Corpus, int Started, int Edges, int Crashes, int Hangs)
{
    /// <summary>Null where the file is not there yet, or is just being written.</summary>
    public static AflStatistics? TryRead(string file)
    {
        if (!File.Exists(file)) return null;
        Dictionary<string, string> values = File.ReadLines(file)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return values.ContainsKey("edges_found")
            ? new((int)Of("run_time"), Of("execs_done"), (int)Of("corpus_count"), (int)(Of("corpus_count") - Of("corpus_found") - Of("corpus_imported")),
                (int)Of("edges_found"), (int)Of("saved_crashes"), (int)Of("saved_hangs"))
            : null;

        long Of(string key) => long.Parse(values[key], CultureInfo.InvariantCulture);
    }
}
