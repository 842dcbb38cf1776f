namespace LiquidControl.Neural;

/// <summary>A well-formed model of a kind this version cannot run: LTC, wired CfC, mixed memory.</summary>
public sealed class UnsupportedModelException(string file, string kind) : Exception($"{file}: not supported yet: {kind}")
{
    public string File { get; } = file;

    /// <summary>The kind, in words.</summary>
    public string Kind { get; } = kind;
}
