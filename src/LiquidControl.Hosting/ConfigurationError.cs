namespace LiquidControl.Hosting;

/// <summary>One thing wrong in a configuration file: where it stands, what was found, what was expected and what to do. Line and column count from 1.</summary>
public sealed record ConfigurationError(string File, int Line, int Column, string Key, string Found, string Expected, string Remedy)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Key}: found {Found}, expected {Expected}. {Remedy}";
}
