using System.Diagnostics;

namespace LiquidControl.Replay.Tests;

/// <summary>How another program ended.</summary>
internal sealed record ToolRun(bool Succeeded, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>What a test runner and its build leave for their children; a build of its own must not see it.</summary>
    private static readonly string[] RunnersVariables = ["MSBUILD", "TESTINGPLATFORM", "VSTEST", "DOTNET_CLI_TEST"];

    /// <summary>The dotnet that runs this test, else the one on the path.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Runs to the end; beyond the limit the program and its children are ended and the run counts as failed.</summary>
    public static ToolRun Start(string program, string[] arguments, string folder, Dictionary<string, string> variables)
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

        foreach ((string name, string value) in variables)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return new(false, output.Result, $"{program} did not end within {Limit}: {errors.Result}");
        }

        return new(process.ExitCode == 0, output.Result, errors.Result);
    }
}
