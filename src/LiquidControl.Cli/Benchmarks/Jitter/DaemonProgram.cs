namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>Which liquidcontrold is measured.</summary>
internal static class DaemonProgram
{
    private const string Name = "liquidcontrold";

    private static readonly string Project = Path.Combine("src", "LiquidControl.Service");

    /// <summary>
    /// The one installed beside this program; else that of the source tree around here, compiled now if need be, so that what is measured is
    /// what the sources say; else the one on the path.
    /// </summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static async Task<CheckoutProgram> FindAsync(Terminal terminal, CancellationToken cancellation)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, Name);
        if (File.Exists(beside)) return new(beside, [], IsNative: true);
        if (Checkout.TryFind() is { } checkout)
            return await CheckoutProgram.BuildAsync(checkout, Project, Name, "daemon", terminal, cancellation);
        return OnPath() is { } found
            ? new(found, [], IsNative: true)
            : throw new BadInputException(
                $"found no {Name} beside this program, on the path or in a source tree around here, expected one to measure. Install it, or run this "
                + $"within LiquidControl's source tree, which it is compiled from (dotnet publish -c Release -r linux-x64 {Project}).");
    }

    private static string? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
}
