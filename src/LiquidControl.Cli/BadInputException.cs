namespace LiquidControl.Cli;

/// <summary>Input that cannot be used; the message says where, what was found, what was expected and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message);
