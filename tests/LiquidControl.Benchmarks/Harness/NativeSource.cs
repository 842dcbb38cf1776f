using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using LiquidControl.Numerics;

namespace LiquidControl.Benchmarks.Harness;

/// <summary>A C or C++ source beside this program, compiled for this machine when first needed, and again when it has changed.</summary>
/// <param name="File">Its name in the folder `native`.</param>
/// <param name="Flags">For the compiler, besides those every source gets.</param>
internal sealed record NativeSource(string File, params string[] Flags)
{
    private static readonly string[] CommonFlags = ["-O3", "-march=native", "-shared", "-fPIC"];

    /// <summary>The yardstick is one of AVX2, and valgrind follows no AVX-512.</summary>
    private static readonly string[] X64Flags = ["-mno-avx512f"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "native");

    /// <summary>Only for x86-64 with AVX2 and FMA: the source is written in their intrinsics.</summary>
    public bool NeedsAvx2 { get; init; }

    /// <summary>A header without which it cannot be compiled, and the Debian package that brings it.</summary>
    public (string Path, string Package)? Header { get; init; }

    /// <summary>Linker flags, "-l..." and the like; the C library's mathematics come without.</summary>
    public string[] Libraries { get; init; } = [];

    private string Compiler => File.EndsWith(".c", StringComparison.Ordinal) ? "gcc" : "g++";

    /// <summary>What this machine lacks for it; null if nothing.</summary>
    public string? Lacking
    {
        get
        {
            if (NeedsAvx2 && !Fma.IsSupported) return $"{File} is written for x86-64 with AVX2 and FMA.";
            if (!Tool.IsOnPath(Compiler)) return $"{File} needs {Compiler} (Debian: apt-get install {Compiler}).";
            return Header is { } header && !System.IO.File.Exists(header.Path)
                ? $"{File} needs {header.Path} (Debian: apt-get install {header.Package})."
                : null;
        }
    }

    /// <summary>Compiles it if need be, and loads it. The library stays loaded.</summary>
    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    public nint Load()
    {
        string[] flags = RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? [.. CommonFlags, .. X64Flags, .. Flags]
            : [.. CommonFlags, .. Flags];
        string source = Path.Combine(Folder, File);
        string library = Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(File)}-{Key(source, flags)}.so");
        if (!System.IO.File.Exists(library)) Compile(source, flags, library);
        return NativeLibrary.Load(library);
    }

    /// <summary>Changes with the source, the flags and the processor, for which -march=native compiles.</summary>
    private static string Key(string source, string[] flags)
    {
        string processor = System.IO.File.ReadLines("/proc/cpuinfo").FirstOrDefault(IsFeatureList) ?? "";
        StateHash hash = new();
        foreach (char letter in string.Join('\n', [.. flags, processor, System.IO.File.ReadAllText(source)])) hash.Add(letter);
        return hash.Value.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>As x64 and arm64 name it.</summary>
    private static bool IsFeatureList(string line) =>
        line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal);

    private void Compile(string source, string[] flags, string library)
    {
        // Under another name until it is whole: another process may look for it.
        string unfinished = $"{library}.{Environment.ProcessId}";
        ProcessStartInfo start = new(Compiler, [.. flags, "-o", unfinished, source, .. Libraries, "-lm"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Compiler} cannot compile {source}: {errors}");
        System.IO.File.Move(unfinished, library, overwrite: true);
    }
}
