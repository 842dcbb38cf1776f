using System.Diagnostics;

namespace LiquidControl.Architecture.Tests;

/// <summary>One run of a program: its exit code, and what it printed on both outputs.</summary>
internal sealed record Shell(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <param name="environment">Variables to set on top of this process's.</param>
    /// <param name="words">Program and arguments.</param>
    public static Shell Run(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (process.WaitForExit(Patience)) return new(process.ExitCode, output + error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{words[0]} did not end. {output}");
    }
}
