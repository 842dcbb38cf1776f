using LiquidControl.Hosting;

namespace LiquidControl.Cli;

/// <summary>Which build of the program a model was trained by.</summary>
internal static class ProgramVersion
{
    /// <summary>Name, version and, where it was built from a repository, the commit.</summary>
    public static string Name { get; } = ProgramName.Of(typeof(ProgramVersion).Assembly);
}
