namespace LiquidControl.Service;

/// <summary>An argument that cannot be used; the message names it, what was found and what was expected.</summary>
internal sealed class ArgumentErrorException(string message) : Exception(message);
