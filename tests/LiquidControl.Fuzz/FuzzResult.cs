using System.Globalization;

namespace LiquidControl.Fuzz;

/// <summary>One input through one reader, held against what the reader promises.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">The error, or what was exceeded; empty where the input was accepted.</param>
/// <param name="Allocated">By the reading thread, bytes.</param>
/// <param name="Time">Processor time.</param>
public sealed record FuzzResult(FuzzOutcome Outcome, string Message, long Allocated, TimeSpan Time)
{
    /// <summary>Characters of an error; readers that go on after one give each a line.</summary>
    private const int LongestLine = 4096;

    /// <summary>
    /// No file that is worth reading takes longer: a robot.toml takes milliseconds. Processor time of the process, so that a busy machine is
    /// no finding; a reader that waits instead of computing is stopped by the fuzzer's own clock.
    /// </summary>
    public static TimeSpan MostTime { get; } = TimeSpan.FromSeconds(1);

    public bool IsFailure => Outcome is not (FuzzOutcome.Accepted or FuzzOutcome.Refused);

    public static FuzzResult Of(FuzzTarget target, byte[] input)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan time = Environment.CpuUsage.TotalTime;
        Exception? error = null;
        try
        {
            target.Read(input);
        }
        catch (Exception caught)
        {
            error = caught;
        }

        time = Environment.CpuUsage.TotalTime - time;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        (FuzzOutcome outcome, string message) = Judge(target, input, error, allocated, time);
        return new FuzzResult(outcome, message, allocated, time);
    }

    private static (FuzzOutcome Outcome, string Message) Judge(
        FuzzTarget target, byte[] input, Exception? error, long allocated, TimeSpan time)
    {
        if (error is not null && !target.Declares(error)) return (FuzzOutcome.Undeclared, error.ToString());
        if (error is not null && !IsClear(error.Message, target.FileName))
        {
            return (FuzzOutcome.Unclear, string.Create(CultureInfo.InvariantCulture,
                $"a message of {error.Message.Length} characters, expected the file's name and lines of at most {LongestLine}: {error.Message}"));
        }

        if (allocated > target.MostAllocated(input.Length))
        {
            return (FuzzOutcome.Greedy, string.Create(CultureInfo.InvariantCulture,
                $"{allocated} bytes allocated for an input of {input.Length}, expected at most {target.MostAllocated(input.Length)}."));
        }

        if (time > MostTime)
        {
            return (FuzzOutcome.Slow, string.Create(CultureInfo.InvariantCulture,
                $"{time.TotalSeconds:F1} s of processor time for an input of {input.Length} bytes, expected at most {MostTime.TotalSeconds}."));
        }

        return error is null ? (FuzzOutcome.Accepted, "") : (FuzzOutcome.Refused, error.Message);
    }

    private static bool IsClear(string message, string file) =>
        message.Contains(file, StringComparison.Ordinal) && Array.TrueForAll(message.Split('\n'), line => line.Length <= LongestLine);
}
