using LiquidControl.Control;
using LiquidControl.Devices;
using LiquidControl.Hosting.Toml;
using LiquidControl.Neural.Kernels;
using LiquidControl.Simulation;

namespace LiquidControl.Hosting;

/// <summary>A robot as its robot.toml and URDF describe it, checked and in SI units.</summary>
public sealed record RobotConfiguration
{
    private const string Kind = "a robot.toml";

    /// <summary>The robot.toml.</summary>
    public required string Path { get; init; }

    public required string UrdfPath { get; init; }

    /// <summary>The trained network that adds to the classical law; null when the robot names none. The file need not exist before training.</summary>
    public required string? PolicyPath { get; init; }

    /// <summary>The trained network that commands the whole torque; null when the robot names none.</summary>
    public required string? EndToEndPolicyPath { get; init; }

    /// <summary>The trained network that predicts the joint state; null when the robot names none.</summary>
    public required string? PredictorPath { get; init; }

    /// <summary>The numbers the networks in the control cycle are computed in.</summary>
    public required KernelPrecision PolicyPrecision { get; init; }

    /// <summary>The arm as the URDF and the robot.toml state it.</summary>
    public required ArmDescription Arm { get; init; }

    /// <summary>Null when the joints are ideal torque sources.</summary>
    public required DcArmWiring? Wiring { get; init; }

    public required ControllerSettings Controller { get; init; }

    public required SimulationSettings Simulation { get; init; }

    public string? PolicyPathOf(PolicyRole role) => role == PolicyRole.Residual ? PolicyPath : EndToEndPolicyPath;

    /// <summary>The path of the network of this role.</summary>
    /// <exception cref="FileNotFoundException">The robot names none, or it has not been trained.</exception>
    public string RequirePolicy(PolicyRole role)
    {
        string key = role == PolicyRole.Residual ? "policy" : "end_to_end_policy";
        string option = role == PolicyRole.Residual ? "" : " --role end-to-end";
        return Require(PolicyPathOf(role), key, $"train arm --robot {Arm.Name}{option}", "choose another controller, such as ct-eso");
    }

    /// <summary>The path of the predictor's network.</summary>
    /// <exception cref="FileNotFoundException">The robot names none, or it has not been trained.</exception>
    public string RequirePredictor() => Require(PredictorPath, "predictor", $"train predict --robot {Arm.Name}", "choose another robot");

    private string Require(string? path, string key, string training, string alternative)
    {
        if (path is null)
            throw new FileNotFoundException($"{Path}: {key}: found nothing, expected a trained network. Name one there, or {alternative}.");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException(
                $"{path}: there is no such file, expected a trained network. Make it with `liquidcontrol {training}`, or {alternative}.");
    }

    /// <summary>What the joints do in a scenario beyond the model; null where the scenario has no such effects.</summary>
    /// <exception cref="RobotConfigurationException">The scenario has effects and the robot states none.</exception>
    public JointEffects[]? EffectsIn(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (!scenario.HasEffects) return null;
        return Simulation.Effects ?? throw new RobotConfigurationException(
        [
            new(
                Path, 1, 1, EffectsReader.Section, "nothing", $"what the joints of {Arm.Name} do beyond the model, which scenario {scenario.Name} needs",
                $"Add [{EffectsReader.Section}] (see firmware-config/README.md), or choose another scenario, such as {Scenario.Perturbed.Name}."),
        ]);
    }

    /// <exception cref="RobotConfigurationException">Every error of the file, each at its line and column.</exception>
    public static RobotConfiguration Load(string path)
    {
        var errors = new List<ConfigurationError>();
        return Read(path, TomlDocument.Read(path, Kind, errors), errors);
    }

    /// <summary>Reads a robot.toml from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Where it would stand: paths in it are relative to that, and messages name it.</param>
    /// <exception cref="RobotConfigurationException">Every error of the file, each at its line and column.</exception>
    public static RobotConfiguration Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var errors = new List<ConfigurationError>();
        return Read(path, TomlDocument.Parse(bytes, path, Kind, errors), errors);
    }

    private static RobotConfiguration Read(string path, TomlTable? table, List<ConfigurationError> errors)
    {
        var robot = table is null ? null : RobotReader.Read(path, new TomlSection(path, "", table, table.At, errors));
        if (errors.Count > 0 || robot is null)
        {
            throw new RobotConfigurationException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
        }

        return robot;
    }
}
