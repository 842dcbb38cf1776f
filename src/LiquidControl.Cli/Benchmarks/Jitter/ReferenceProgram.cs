namespace LiquidControl.Cli.Benchmarks.Jitter;

/// <summary>reference.c, compiled for one run.</summary>
internal static class ReferenceProgram
{
    private const string Compiler = "gcc";

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "native", "reference.c");

    /// <exception cref="BadInputException">There is no compiler.</exception>
    public static void ThrowIfImpossible()
    {
        if (!ChildProcess.IsOnPath(Compiler))
        {
            throw new BadInputException(
                $"found no {Compiler} on the path, expected it to compile the reference in C. Debian: apt-get install {Compiler} libc6-dev.");
        }
    }

    /// <summary>Gives the program.</summary>
    /// <param name="folder">Where to put it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">The compiler failed.</exception>
    public static async Task<string> CompileAsync(string folder, CancellationToken cancellation)
    {
        string program = Path.Combine(folder, "reference");
        using StringWriter said = new();
        int code = await ChildProcess.RunAsync(Compiler, ["-O2", "-o", program, Source], folder, said, said, cancellation);
        return code == 0 ? program : throw new BadInputException($"{Compiler} cannot compile {Source}: {said}");
    }
}
