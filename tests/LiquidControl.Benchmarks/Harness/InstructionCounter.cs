using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LiquidControl.Benchmarks.Harness;

/// <summary>
/// Counts the instructions of a step by running this program under valgrind's cachegrind with N and with 2 N steps: the totals differ by N
/// steps, whatever the start cost. Repeatable, unlike times. Only for a program compiled ahead of time: valgrind does not follow a JIT.
/// </summary>
/// <param name="suite">Which benchmark the variants belong to, as this program's first argument names it.</param>
internal sealed partial class InstructionCounter(string suite)
{
    /// <summary>Enough, as the start costs the same to within some instructions; valgrind takes a hundred times as long.</summary>
    private const double NativeSeconds = 0.0005;

    /// <summary>Null where nothing can be counted; says why on standard error.</summary>
    public static InstructionCounter? Find(string suite)
    {
        string? lacking = RuntimeFeature.IsDynamicCodeSupported
            ? "Instructions are counted only when the program is compiled ahead of time."
            : Tool.IsOnPath("valgrind") ? null : "Instructions are not counted without valgrind (Debian: apt-get install valgrind).";
        if (lacking is null) return new InstructionCounter(suite);
        Console.Error.WriteLine(lacking);
        return null;
    }

    public double PerStep(VariantOffer offer, Variant variant)
    {
        int steps = Math.Max(8, InterleavedRounds.StepsFor(variant, NativeSeconds));
        using Process once = Start(offer, steps), twice = Start(offer, 2 * steps);
        return (double)(Total(offer, twice) - Total(offer, once)) / steps / variant.StepsAtOnce;
    }

    private Process Start(VariantOffer offer, int steps)
    {
        ProcessStartInfo start = new("valgrind", [
            "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
            Environment.ProcessPath!, "count", suite, offer.Group, offer.Name, steps.ToString(CultureInfo.InvariantCulture),
        ])
        { RedirectStandardError = true };
        // The collector's usual reservation of address space is more than valgrind grants.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x8000000";
        return Process.Start(start)!;
    }

    private static long Total(VariantOffer offer, Process valgrind)
    {
        string report = valgrind.StandardError.ReadToEnd();
        valgrind.WaitForExit();
        Match total = Instructions().Match(report);
        return valgrind.ExitCode == 0 && total.Success
            ? long.Parse(total.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"valgrind, {offer.Group}, {offer.Name}: {valgrind.ExitCode}, no count: {report}");
    }

    [GeneratedRegex(@"I\s+refs:\s+([\d,]+)")]
    private static partial Regex Instructions();
}
