namespace LiquidControl.Hosting;

/// <summary>The daemon heard a command and does not obey it; the message is its own.</summary>
public sealed class DaemonRefusalException(string message) : IOException(message);
