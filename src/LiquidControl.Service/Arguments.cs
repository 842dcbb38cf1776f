using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Hosting;

namespace LiquidControl.Service;

/// <summary>The words `--name value` and `--flag` of a call.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _flags = [];

    /// <param name="words">Of the call.</param>
    /// <param name="options">Names that a value follows.</param>
    /// <param name="flags">Names that stand alone.</param>
    /// <exception cref="ArgumentErrorException">A word that is neither, or an option without its value.</exception>
    public Arguments(string[] words, string[] options, string[] flags)
    {
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (flags.Contains(word))
            {
                _flags.Add(word);
                continue;
            }

            if (!options.Contains(word))
                throw Unknown(word, [.. options, .. flags]);
            if (i + 1 == words.Length)
                throw new ArgumentErrorException($"{word}: found nothing after it, expected its value.");
            _values[word] = words[++i];
        }
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Text(string option) => _values.GetValueOrDefault(option);

    /// <summary>A whole number within a range.</summary>
    /// <exception cref="ArgumentErrorException">It is none.</exception>
    public int Whole(string option, int usual, int min, int max)
    {
        if (Text(option) is not { } word) return usual;
        bool right = int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max;
        return right ? value : throw new ArgumentErrorException($"{option}: found '{word}', expected a whole number from {min} to {max}.");
    }

    /// <summary>A number within a range.</summary>
    /// <exception cref="ArgumentErrorException">It is none.</exception>
    public double Number(string option, double usual, double min, double max)
    {
        if (Text(option) is not { } word) return usual;
        bool right = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max;
        return right
            ? value
            : throw new ArgumentErrorException(FormattableString.Invariant($"{option}: found '{word}', expected a number from {min} to {max}."));
    }

    /// <summary>A controller's name; liquid where none is given.</summary>
    /// <exception cref="ArgumentErrorException">There is no such controller.</exception>
    public ControllerKind Controller(string option)
    {
        if (Text(option) is not { } name) return ControllerKind.Liquid;
        return ControllerNames.Parse(name)
            ?? throw new ArgumentErrorException($"{option}: found '{name}', expected one of {string.Join(", ", ControllerNames.All)}.");
    }

    private static ArgumentErrorException Unknown(string word, string[] known)
    {
        string meant = Spelling.Nearest(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";
        return new($"found '{word}', expected one of {string.Join(", ", known)}.{meant}");
    }
}
