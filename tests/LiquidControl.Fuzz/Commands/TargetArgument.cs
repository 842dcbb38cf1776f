using System.CommandLine;

namespace LiquidControl.Fuzz.Commands;

/// <summary>The argument that names a reader.</summary>
internal static class TargetArgument
{
    public static Argument<FuzzTarget> Create() => new("target")
    {
        Description = $"The reader: {Names}.",
        CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            if (FuzzTargets.All.FirstOrDefault(target => target.Name == word) is { } found) return found;
            result.AddError($"target: found '{word}', expected one of {Names}.");
            return null;
        },
    };

    private static string Names => string.Join(", ", FuzzTargets.All.Select(target => target.Name));
}
