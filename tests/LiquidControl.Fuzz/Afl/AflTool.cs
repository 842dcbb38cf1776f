using System.Diagnostics;
using LiquidControl.Cli;

namespace LiquidControl.Fuzz.Afl;

/// <summary>The programs of AFL++ (aflplus.plus), set up for a program that runs in .NET.</summary>
internal static class AflTool
{
    /// <summary>For what afl-fuzz would wait for in vain, such as a reader that waits itself, ms. Processor time is bounded more tightly.</summary>
    private const string TimeLimit = "10000";

    /// <summary>
    /// None of these changes what is run: the program is no binary that afl-clang compiled, starts slowly, and is no reason to change how
    /// this machine writes core files, scales its clock or places its processes.
    /// </summary>
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["AFL_SKIP_BIN_CHECK"] = "1",
        ["AFL_FORKSRV_INIT_TMOUT"] = "120000",
        ["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = "1",
        ["AFL_SKIP_CPUFREQ"] = "1",
        ["AFL_NO_AFFINITY"] = "1",
        ["AFL_NO_UI"] = "1",
        // afl-cmin works in the temporary folder of a run, which nobody else reads.
        ["AFL_ALLOW_TMP"] = "1",
        // A reader that asks for more fails here and not for want of the machine's memory.
        ["DOTNET_GCHeapHardLimit"] = "0x80000000",
    };

    /// <summary>The arguments that all of them take, before the program's own.</summary>
    public static string[] Common { get; } = ["-t", TimeLimit, "-m", "none"];

    /// <summary>The path of a program; afl-cmin does not search for one itself.</summary>
    /// <exception cref="BadInputException">It is not installed.</exception>
    public static string Find(string tool)
    {
        IEnumerable<string> paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, tool));
        return paths.FirstOrDefault(File.Exists)
            ?? throw new BadInputException($"found no {tool} on the path, expected AFL++ 4 and .NET there. Install it: apt-get install afl++");
    }

    /// <summary>Runs one of them to its end; its output goes into a file.</summary>
    public static async Task<int> RunAsync(string tool, IEnumerable<string> arguments, string log, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(Find(tool), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await using StreamWriter writer = File.CreateText(log);
        TextWriter shared = TextWriter.Synchronized(writer);
        await Task.WhenAll(PassOnAsync(process.StandardOutput, shared), PassOnAsync(process.StandardError, shared));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line) await to.WriteLineAsync(line);
    }
}
