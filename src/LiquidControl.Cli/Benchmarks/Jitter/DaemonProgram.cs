namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>Which liquidcontrold is measured, and which is run.</summary>
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
        if (Beside(AppContext.BaseDirectory) is { IsNative: true } installed) return installed;
        if (Checkout.TryFind() is { } checkout)
            return await CheckoutProgram.BuildAsync(checkout, Project, Name, "daemon", terminal, cancellation);
        return OnPath() ?? throw new BadInputException(
            $"found no {Name} beside this program, on the path or in a source tree around here, expected one to measure. Install it, or run this "
            + $"within LiquidControl's source tree, which it is compiled from (dotnet publish -c Release -r linux-x64 {Project}).");
    }

    /// <summary>The one beside this program, on the path, or built in the source tree around here; nothing is compiled.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static CheckoutProgram Find() => Beside(AppContext.BaseDirectory) ?? OnPath() ?? Built() ?? throw new BadInputException(
        $"found no {Name} beside this program, on the path or built in a source tree around here, expected one to run. Install it, or within "
        + $"LiquidControl's source tree: dotnet build -c Release {Project}.");

    /// <summary>Compiled ahead of time, or for dotnet to run.</summary>
    private static CheckoutProgram? Beside(string folder)
    {
        string native = Path.Combine(folder, Name), assembly = native + ".dll";
        if (File.Exists(assembly)) return new(ChildProcess.Dotnet, [assembly], IsNative: false);
        return File.Exists(native) ? new(native, [], IsNative: true) : null;
    }

    private static CheckoutProgram? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(Beside).FirstOrDefault(found => found is not null);

    /// <summary>The latest.</summary>
    private static CheckoutProgram? Built()
    {
        if (Checkout.TryFind() is not { } checkout) return null;
        string builds = Path.Combine(checkout, Project, "bin");
        if (!Directory.Exists(builds)) return null;
        var latest = Directory.GetFiles(builds, Name + ".dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc);
        return latest is null ? null : new(ChildProcess.Dotnet, [latest], IsNative: false);
    }
}
