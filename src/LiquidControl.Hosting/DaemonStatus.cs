namespace LiquidControl.Hosting;

/// <summary>How a running liquidcontrold says it stands.</summary>
/// <param name="State">Of the controller.</param>
/// <param name="Phase">Of the move.</param>
/// <param name="Faults">Why it left Active: every cause, with commas between them.</param>
/// <param name="Notices">What is amiss and made up for, in the same way.</param>
/// <param name="Goal">What became of the last goal.</param>
/// <param name="Cycles">Periods since the loop began.</param>
/// <param name="Skipped">Periods let go because the loop was late.</param>
/// <param name="Control">free, or taken by a connection.</param>
/// <param name="Latch">Why the arm may not be activated before a clear; null where it may.</param>
public sealed record DaemonStatus(
    string State, string Phase, string Faults, string Notices, string Goal, long Cycles, long Skipped, string Control, string? Latch)
{
    private const string LatchMark = " latched: ";

    /// <summary>Takes the words of the answer to `status` apart.</summary>
    /// <exception cref="IOException">It lacks one.</exception>
    public static DaemonStatus Parse(string answer)
    {
        int mark = answer.IndexOf(LatchMark, StringComparison.Ordinal);
        var words = (mark < 0 ? answer : answer[..mark]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        return new(
            Word("state"), Word("phase"), Word("faults"), Word("notices"), Word("goal"), Whole("cycles"), Whole("skipped"), Word("control"),
            mark < 0 ? null : answer[(mark + LatchMark.Length)..]);

        string Word(string key) => words[key].FirstOrDefault() ?? throw Foreign(answer, key);
        long Whole(string key) => long.TryParse(Word(key), out long value) ? value : throw Foreign(answer, key);
    }

    private static IOException Foreign(string answer, string key) =>
        new($"status: found '{answer}', expected {key}= among the words. Use a program and a daemon of the same release.");
}
