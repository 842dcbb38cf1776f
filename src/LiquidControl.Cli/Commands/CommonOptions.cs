using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>Options that several commands share, with the same name and words everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print exactly one JSON value on standard output." };

    public static Option<string> Robot() => new("--robot")
    {
        Description = "A robot's name, or the path of its robot.toml.",
        DefaultValueFactory = _ => "ar4-dc",
        HelpName = "name",
    };
}
