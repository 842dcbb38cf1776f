namespace LiquidControl.Hosting;

/// <summary>A robot.toml that cannot be used, with every error found in it, in the order of the file.</summary>
public sealed class RobotConfigurationException(IReadOnlyList<ConfigurationError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
