using SharpFuzz;

namespace LiquidControl.Fuzz.Afl;

/// <summary>A copy of this program whose target tells afl-fuzz which branches it took.</summary>
internal static class InstrumentedCopy
{
    /// <summary>Makes the copy.</summary>
    /// <param name="target">Whose assemblies are instrumented.</param>
    /// <param name="folder">A new folder.</param>
    /// <returns>The program's assembly, to be run with dotnet.</returns>
    public static string Make(FuzzTarget target, string folder)
    {
        CopyFolder(AppContext.BaseDirectory, folder);
        foreach (string assembly in target.Assemblies) Fuzzer.Instrument(Path.Combine(folder, assembly + ".dll"), _ => true, Options.Value);
        return Path.Combine(folder, Path.GetFileName(typeof(InstrumentedCopy).Assembly.Location));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.EnumerateDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
