using System.Xml.Linq;

namespace LiquidControl.Architecture.Tests;

/// <summary>The checkout these tests were built from, read as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> SourceProjects =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project).Replace("LiquidControl.", "", StringComparison.Ordinal);

    public static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^1]));

    public static IEnumerable<string> PackagesOf(string project) =>
        XDocument.Load(project).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiquidControl.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("LiquidControl.sln was not found above the test's folder.");
    }
}
