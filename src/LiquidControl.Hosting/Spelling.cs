namespace LiquidControl.Hosting;

/// <summary>Finds what somebody most likely meant.</summary>
public static class Spelling
{
    /// <summary>The known word nearest to <paramref name="written"/>, or null when none is near enough to be meant.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        var limit = Math.Max(2, written.Length / 3);
        if (written.Length > 64) return null;
        var best = known.Select(word => (Word: word, Distance: Distance(written, word))).OrderBy(c => c.Distance).FirstOrDefault();
        return best.Word is not null && best.Distance <= limit ? best.Word : null;
    }

    /// <summary>Levenshtein distance: insertions, deletions and substitutions that turn one word into the other, case ignored.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
