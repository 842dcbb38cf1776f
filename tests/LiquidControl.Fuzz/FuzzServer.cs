using System.Globalization;
using SharpFuzz;

namespace LiquidControl.Fuzz;

/// <summary>
/// The side of afl-fuzz that reads: a process that runs input after input, and one above it that starts it again when it dies of an input.
/// </summary>
internal static class FuzzServer
{
    /// <summary>Less than a thread of a program has by default (1.5 MiB): what fits here fits there.</summary>
    private const int StackSize = 1 << 20;

    /// <summary>Runs until afl-fuzz ends it.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="largestFile">Where the largest allocation so far is kept, in bytes, across restarts.</param>
    public static void Run(FuzzTarget target, string largestFile)
    {
        long largest = File.Exists(largestFile) ? long.Parse(File.ReadAllText(largestFile), CultureInfo.InvariantCulture) : 0;
        Thread reader = new(() => Fuzzer.OutOfProcess.Run(stream => largest = RunOnce(target, stream, largest, largestFile)), StackSize);
        reader.Start();
        reader.Join();
    }

    private static long RunOnce(FuzzTarget target, Stream stream, long largest, string largestFile)
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        FuzzResult result = FuzzResult.Of(target, input.ToArray());
        if (result.Allocated > largest)
        {
            largest = result.Allocated;
            File.WriteAllText(largestFile, largest.ToString(CultureInfo.InvariantCulture));
        }

        // Any exception that leaves here is a crash for afl-fuzz.
        return result.IsFailure ? throw new FuzzFailureException(result.Message) : largest;
    }
}
