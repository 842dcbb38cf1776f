using Xunit;

namespace LiquidControl.Architecture.Tests;

/// <summary>Rooms and arrows: a project may refer to those listed here and to nothing else.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Numerics"] = [],
        ["Neural"] = ["Numerics"],
        ["Robotics"] = ["Numerics"],
        ["Control"] = ["Neural", "Robotics"],
        ["Realtime"] = [],
        ["Devices"] = ["Control", "Realtime"],
        ["Simulation"] = ["Robotics", "Control", "Devices", "Realtime"],
        ["Exchange"] = ["Neural"],
        ["Training"] = ["Neural", "Simulation"],
        ["Telemetry"] = ["Control"],
        ["Hosting"] = ["Neural", "Robotics", "Control", "Realtime", "Devices", "Simulation", "Telemetry"],
        ["Rig"] = ["Hosting"],
        ["Service"] = ["Hosting", "Realtime"],
        ["Cli"] = ["Hosting", "Training", "Exchange", "Realtime", "Rig", "Telemetry"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Robotics"] = ["MathNet.Numerics"],
        ["Realtime"] = ["HdrHistogram"],
        ["Devices"] = ["System.Device.Gpio"],
        ["Exchange"] = ["OnnxSharp"],
        ["Hosting"] = ["Tomlyn"],
        ["Cli"] = ["ScottPlot", "Sep", "Spectre.Console", "System.CommandLine", "SkiaSharp.NativeAssets.Linux.NoDependencies", "HarfBuzzSharp.NativeAssets.Linux"],
    };

    public static TheoryData<string> Projects => [.. Repository.SourceProjects.Select(Repository.NameOf)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_refers_only_to_the_rooms_its_arrows_point_to(string room)
    {
        Assert.True(Arrows.TryGetValue(room, out string[]? allowed), $"{room} is a new room: draw its arrows here and in the architecture.");
        Assert.Empty(Repository.ReferencesOf(ProjectOf(room)).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_uses_only_the_packages_it_was_given(string room) =>
        Assert.Empty(Repository.PackagesOf(ProjectOf(room)).Except(Packages.GetValueOrDefault(room, [])));

    [Fact]
    public void No_room_reaches_itself() =>
        Assert.All(Arrows.Keys, room => Assert.DoesNotContain(room, Reachable(room)));

    private static HashSet<string> Reachable(string room)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(Arrows[room]);
        while (open.TryPop(out string? next))
        {
            if (seen.Add(next))
                Array.ForEach(Arrows[next], open.Push);
        }

        return seen;
    }

    private static string ProjectOf(string room) => Repository.SourceProjects.Single(project => Repository.NameOf(project) == room);
}
