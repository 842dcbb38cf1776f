namespace LiquidControl.Devices.Buses;

/// <summary>
/// Up to 32 GPIO lines in one request. Bit i of every value is line i of the request, not of the chip; a set bit is a high level.
/// </summary>
public interface IGpioLines
{
    /// <summary>What a person calls this chip in an error message, for example <c>gpiochip0</c>.</summary>
    string Name { get; }

    /// <summary>Time spent in calls since the lines were requested, ns.</summary>
    long BusyNs { get; }

    /// <summary>Sets the outputs whose bit is set in <paramref name="mask"/>; refused when the mask names an input.</summary>
    BusResult Write(uint values, uint mask);

    /// <summary>Levels of all lines, outputs read back.</summary>
    BusResult Read(out uint values);
}
