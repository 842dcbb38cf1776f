using System.Buffers.Text;

namespace LiquidControl.Service.Daemon;

/// <summary>What a line may ask for.</summary>
internal enum CommandWord
{
    Unknown,
    Status,
    Activate,
    Deactivate,
    Clear,
    Hold,
    Stop,
    Take,
    Release,
    Renew,
    Goal,
}

/// <summary>Reads a command line without allocating: a word, and after `goal` a number (rad) a joint.</summary>
internal static class CommandLine
{
    public const int MaxBytes = 512;

    public static CommandWord WordOf(ReadOnlySpan<byte> line) => First(ref line) switch
    {
        var word when word.SequenceEqual("status"u8) => CommandWord.Status,
        var word when word.SequenceEqual("activate"u8) => CommandWord.Activate,
        var word when word.SequenceEqual("deactivate"u8) => CommandWord.Deactivate,
        var word when word.SequenceEqual("clear"u8) => CommandWord.Clear,
        var word when word.SequenceEqual("hold"u8) => CommandWord.Hold,
        var word when word.SequenceEqual("stop"u8) => CommandWord.Stop,
        var word when word.SequenceEqual("take"u8) => CommandWord.Take,
        var word when word.SequenceEqual("release"u8) => CommandWord.Release,
        var word when word.SequenceEqual("renew"u8) => CommandWord.Renew,
        var word when word.SequenceEqual("goal"u8) => CommandWord.Goal,
        _ => CommandWord.Unknown,
    };

    /// <summary>The numbers after `goal`. False unless there is exactly one finite number a joint.</summary>
    public static bool TryReadGoal(ReadOnlySpan<byte> line, Span<double> goal)
    {
        First(ref line);
        for (int i = 0; i < goal.Length; i++)
        {
            var number = First(ref line);
            if (!Utf8Parser.TryParse(number, out goal[i], out int read) || read != number.Length || !double.IsFinite(goal[i]))
                return false;
        }

        return First(ref line).IsEmpty;
    }

    /// <summary>Takes the first word off a line.</summary>
    private static ReadOnlySpan<byte> First(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t\r"u8);
        int end = line.IndexOfAny(" \t\r"u8);
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }
}
