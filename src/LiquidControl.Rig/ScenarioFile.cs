using LiquidControl.Control;
using LiquidControl.Hosting;
using LiquidControl.Hosting.Toml;
using LiquidControl.Simulation;

namespace LiquidControl.Rig;

/// <summary>
/// Scenarios as TOML: [given] a robot and how it stands, [[when]] something happens, [then] what must hold. Each [[when]] may have a
/// <c>then</c> of its own. Every error is told with its line.
/// </summary>
public static class ScenarioFile
{
    private const string Kind = "a scenario of the rig";
    private const int MostEvents = 1000;

    /// <summary>Of a run, s.</summary>
    private const double LongestRun = 600.0;

    /// <exception cref="ScenarioFormatException">Every error of the file, each at its line and column.</exception>
    /// <exception cref="RobotConfigurationException">The robot's own file is wrong.</exception>
    public static RigScenario Load(string path)
    {
        var errors = new List<ConfigurationError>();
        return Read(path, TomlDocument.Read(path, Kind, errors), errors);
    }

    /// <summary>Reads a scenario from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="ScenarioFormatException">Every error of the file, each at its line and column.</exception>
    /// <exception cref="RobotConfigurationException">The robot's own file is wrong.</exception>
    public static RigScenario Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var errors = new List<ConfigurationError>();
        return Read(path, TomlDocument.Parse(bytes, path, Kind, errors), errors);
    }

    /// <summary>The scenarios of a folder and those below it, by path.</summary>
    public static IReadOnlyList<string> Find(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.toml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static RigScenario Read(string path, TomlTable? table, List<ConfigurationError> errors)
    {
        RigScenario? scenario = table is null ? null : Read(path, new TomlSection(path, "", table, table.At, errors));
        return errors.Count == 0 && scenario is not null
            ? scenario
            : throw new ScenarioFormatException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }

    private static RigScenario? Read(string path, TomlSection root)
    {
        string name = root.Line("name", "what the scenario shows");
        TomlSection given = root.Section("given", "the robot and how it stands");
        if (Robot(given) is not { } robot)
            return null;
        string[] poses = [.. robot.Arm.Poses.Keys];
        ControllerKind controller = given.Has("controller")
            ? ControllerNames.Parse(given.Choice("controller", [.. ControllerNames.All]))!.Value
            : ControllerKind.Liquid;
        Scenario plant = Plant(given, robot);
        string start = given.Has("at") ? given.Choice("at", poses) : "home";
        var seed = (ulong)given.Integer("seed", 0, int.MaxValue, absent: 1);
        bool activated = given.Flag("activated", absent: true);
        double duration = given.Number("duration_s", NumberRange.PositiveUpTo(LongestRun));
        Protection? protection = given.Has("protection") ? Protection.Find(given.Choice("protection", [.. Protection.All.Select(part => part.Name)])) : null;
        given.RejectUnknownKeys();

        NumberRange times = new(0.0, given.IsSound("duration_s") ? duration : LongestRun);
        RigEvent[] events = [.. root.Sections("when", "what happens", MostEvents).Select(section => EventReader.Read(section, robot, controller, times))];
        RigOutcome outcome = Outcome(root.OptionalSection("then"));
        root.RejectUnknownKeys();
        return new()
        {
            Name = name,
            Path = path,
            Robot = robot,
            Controller = controller,
            Plant = plant,
            Seed = seed,
            Start = robot.Arm.Poses[start],
            IsActivated = activated,
            Events = events,
            Duration = duration,
            Outcome = outcome,
            Protection = protection,
        };
    }

    /// <summary>Null where there is none that the rig can run; that is an error of its own.</summary>
    private static RobotConfiguration? Robot(TomlSection given)
    {
        string name = given.Has("robot") ? given.Text("robot", "a robot's name") : "ar4-dc";
        if (!given.Exists || (given.Has("robot") && !given.IsSound("robot")))
            return null;
        try
        {
            RobotConfiguration robot = RobotConfiguration.Load(RobotCatalog.Find(name));
            if (robot.Wiring is not null)
                return robot;
            given.Report("robot", $"{name}, which has no chips", "a robot with DC bridges", "Choose another one, such as ar4-dc.");
        }
        catch (FileNotFoundException error)
        {
            given.Report("robot", TomlText.Quote(name), "a robot's name", error.Message);
        }

        return null;
    }

    private static Scenario Plant(TomlSection given, RobotConfiguration robot)
    {
        Scenario plant = given.Has("plant") ? Scenario.Parse(given.Choice("plant", [.. Scenario.All.Select(scenario => scenario.Name)])) : Scenario.Nominal;
        if (plant.HasEffects && robot.Simulation.Effects is null)
        {
            given.Report(
                "plant", $"{plant.Name}, which needs what the joints of {robot.Arm.Name} do beyond the model", "a plant without such effects",
                $"Add [simulation.unmodelled] to {robot.Path}, or choose another plant, such as {Scenario.Perturbed.Name}.");
        }

        if (!plant.HasNoise())
            plant = plant with { Noise = SensorNoise.Typical };
        if (!given.Has("payload_kg"))
            return plant;
        double payload = given.Number("payload_kg", new NumberRange(0.0, 5.0));
        return plant with { PayloadMin = payload, PayloadMax = payload };
    }

    private static bool HasNoise(this Scenario plant) => plant.Noise != SensorNoise.None;

    private static RigOutcome Outcome(TomlSection? section)
    {
        var usual = new RigOutcome();
        if (section is null)
            return usual;
        var outcome = usual with
        {
            PositionMargin = double.DegreesToRadians(
                section.Number("position_margin_deg", new NumberRange(0.0, 90.0), double.RadiansToDegrees(usual.PositionMargin))),
            VelocityMargin = 1e-2 * section.Number("velocity_margin_percent", new NumberRange(0.0, 200.0), 1e2 * usual.VelocityMargin),
            Final = section.Has("state") ? EventReader.State(section, "state") : null,
            NoFault = section.Flag("no_fault", absent: false),
            NoNotice = section.Flag("no_notice", absent: false),
        };
        section.RejectUnknownKeys();
        return outcome;
    }
}
