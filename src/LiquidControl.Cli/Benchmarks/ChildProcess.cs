using System.Diagnostics;

namespace LiquidControl.Cli.Benchmarks;

/// <summary>Another program, run to its end.</summary>
internal static class ChildProcess
{
    /// <summary>What a build or a test run leaves for its children; a build of its own must not see it.</summary>
    private static readonly string[] RunnersVariables = ["MSBUILD", "TESTINGPLATFORM", "VSTEST", "DOTNET_CLI_TEST"];

    /// <summary>The dotnet that runs this program, else the one on the path.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Passes on what it prints, line by line, and gives its exit code; when cancelled it is ended with its children.</summary>
    public static async Task<int> RunAsync(
        string program, string[] arguments, string folder, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        using Process process = Process.Start(Describe(program, arguments, folder))!;
        using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await Task.WhenAll(PassOnAsync(process.StandardOutput, output), PassOnAsync(process.StandardError, error));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    /// <summary>With its output and errors redirected, and without what a build or a test run leaves for its children.</summary>
    public static ProcessStartInfo Describe(string program, string[] arguments, string folder)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] inherited = [.. start.Environment.Keys];
        foreach (string name in inherited)
        {
            if (Array.Exists(RunnersVariables, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }

        return start;
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        TextWriter shared = TextWriter.Synchronized(to);
        while (await from.ReadLineAsync() is { } line) await shared.WriteLineAsync(line);
    }
}
