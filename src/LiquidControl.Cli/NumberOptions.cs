using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LiquidControl.Cli;

/// <summary>Options whose values are numbers: what is no number, not finite or out of range is refused by the option's name.</summary>
internal static class NumberOptions
{
    /// <summary>One number within a range; <paramref name="expected"/> says which, with its unit.</summary>
    public static Option<double?> Number(string name, string description, double min, double max, string expected) => new(name)
    {
        Description = description,
        CustomParser = result => One(result, name, expected, value => value >= min && value <= max),
    };

    /// <summary>Several numbers, separated by spaces or commas.</summary>
    public static Option<double[]> Numbers(string name, string description, string expected, int min, int max) => new(name)
    {
        Description = description,
        Arity = new(1, max),
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            string[] words = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))];
            double[] values = [.. words.Select(word => Parse(result, name, word, expected) ?? 0.0)];
            if (words.Length < min || words.Length > max) result.AddError($"{name}: found {words.Length} numbers, expected {expected}.");
            return values;
        },
    };

    /// <summary>The numbers somebody typed; null, not an empty array, when the option was left out.</summary>
    public static double[]? Given(ParseResult result, Option<double[]> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    /// <summary>A whole number within a range.</summary>
    public static Option<long?> Whole(string name, string description, long min, long max) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max) return value;
            result.AddError($"{name}: found '{word}', expected a whole number from {min} to {max}.");
            return null;
        },
    };

    private static double? One(ArgumentResult result, string name, string expected, Func<double, bool> inRange)
    {
        string word = result.Tokens[0].Value;
        if (Parse(result, name, word, expected) is not { } value) return null;
        if (inRange(value)) return value;
        result.AddError($"{name}: found {word}, expected {expected}.");
        return null;
    }

    private static double? Parse(ArgumentResult result, string name, string word, string expected)
    {
        bool isNumber = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (isNumber && double.IsFinite(value)) return value;
        result.AddError($"{name}: found '{word}', expected {expected}. {(isNumber ? "Use finite numbers." : "Use plain numbers with a decimal point.")}");
        return null;
    }
}
