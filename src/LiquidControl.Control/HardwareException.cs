namespace LiquidControl.Control;

/// <summary>A chip or line that could not be configured or activated. Never thrown in the cycle.</summary>
public sealed class HardwareException : Exception
{
    public HardwareException(string message) : base(message) { }

    public HardwareException(string message, Exception inner) : base(message, inner) { }
}
