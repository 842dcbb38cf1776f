using System.Reflection;

namespace LiquidControl.Hosting;

/// <summary>Which build of a program made something.</summary>
public static class ProgramName
{
    /// <summary>Name, version and, where it was built from a repository, the commit.</summary>
    public static string Of(Assembly program) =>
        $"{program.GetName().Name} {program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}";
}
