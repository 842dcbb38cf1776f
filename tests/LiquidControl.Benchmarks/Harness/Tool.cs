namespace LiquidControl.Benchmarks.Harness;

/// <summary>Programs that a benchmark needs and the machine may lack.</summary>
internal static class Tool
{
    public static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
