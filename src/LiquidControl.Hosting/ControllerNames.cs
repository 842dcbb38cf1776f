using LiquidControl.Control;

namespace LiquidControl.Hosting;

/// <summary>The controllers' names on the command line and in tables.</summary>
public static class ControllerNames
{
    private static readonly (string Name, ControllerKind Kind)[] Pairs =
    [
        ("liquid", ControllerKind.Liquid),
        ("ct-rls", ControllerKind.CtRls),
        ("ct-eso", ControllerKind.CtEso),
        ("ct-i", ControllerKind.CtI),
        ("ct", ControllerKind.Ct),
        ("pd", ControllerKind.Pd),
        ("end-to-end", ControllerKind.EndToEnd),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Pairs.Select(pair => pair.Name)];

    public static string Of(ControllerKind kind) => Pairs.First(pair => pair.Kind == kind).Name;

    /// <summary>Null when there is no such controller.</summary>
    public static ControllerKind? Parse(string name)
    {
        int index = Array.FindIndex(Pairs, pair => pair.Name == name);
        return index < 0 ? null : Pairs[index].Kind;
    }
}
