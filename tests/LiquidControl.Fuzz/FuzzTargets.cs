using LiquidControl.Fuzz.Targets;

namespace LiquidControl.Fuzz;

/// <summary>The readers of files from outside.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new SafetensorsTarget(),
        new DescriptionTarget(),
        new PyTorchTarget(),
        new PickleTarget(),
        new UrdfTarget(),
        new RobotTarget(),
        new ScenarioTarget(),
        new McapTarget(),
    ];
}
