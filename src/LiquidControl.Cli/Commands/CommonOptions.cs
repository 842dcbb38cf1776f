using System.CommandLine;
using LiquidControl.Hosting;

namespace LiquidControl.Cli.Commands;

/// <summary>Options that several commands share, with the same name and words everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print exactly one JSON value on standard output." };

    /// <summary>One of a few words; <paramref name="usual"/> is null where there is no default.</summary>
    public static Option<string?> Choice(string name, string description, string? usual, IReadOnlyList<string> words)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                string word = result.Tokens[0].Value;
                if (words.Contains(word)) return word;
                string meant = Spelling.Nearest(word, words) is { } nearest ? $" Did you mean {nearest}?" : "";
                result.AddError($"{name}: found '{word}', expected one of {string.Join(", ", words)}.{meant}");
                return null;
            },
        };
        if (usual is not null) option.DefaultValueFactory = _ => usual;
        return option;
    }

    public static Option<double?> LearningRate() => NumberOptions.Number(
        "--learning-rate", "First learning rate. [default: the recipe's]", double.Epsilon, 1.0, "a number above 0, at most 1");

    public static Option<string> Robot() => new("--robot")
    {
        Description = "A robot's name, or the path of its robot.toml.",
        DefaultValueFactory = _ => "ar4-dc",
        HelpName = "name",
    };
}
