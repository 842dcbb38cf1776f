using System.Reflection;

namespace LiquidControl.Cli;

/// <summary>Which build of the program a model was trained by.</summary>
internal static class ProgramVersion
{
    /// <summary>Name, version and, where it was built from a repository, the commit.</summary>
    public static string Name { get; } = "liquidcontrol "
        + typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
