using System.Globalization;

namespace LiquidControl.Neural;

/// <summary>
/// The way to a value in a JSON file, written out only for a message: keys may be long and lists longer, and most values are sound.
/// </summary>
/// <param name="Parent">The way to what holds it; null: the root.</param>
/// <param name="Name">Its key; null: it stands in a list.</param>
/// <param name="Index">Its place in a list.</param>
internal sealed record JsonPath(JsonPath? Parent, string? Name, int Index)
{
    private const int LongestKey = 60;

    /// <summary>Such as $.features[2].name, long keys shortened.</summary>
    public static string Text(JsonPath? path)
    {
        Stack<string> steps = new();
        for (; path is not null; path = path.Parent) steps.Push(path.Step);
        return "$" + string.Concat(steps);
    }

    private string Step => Name is null ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]")
        : Name.Length <= LongestKey ? $".{Name}" : $".{Name[..LongestKey]}…";
}
