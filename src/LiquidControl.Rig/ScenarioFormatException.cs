using LiquidControl.Hosting;

namespace LiquidControl.Rig;

/// <summary>A scenario that cannot be used, with every error found in it, in the order of the file.</summary>
public sealed class ScenarioFormatException(IReadOnlyList<ConfigurationError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
