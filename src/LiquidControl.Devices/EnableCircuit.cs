using LiquidControl.Control;
using LiquidControl.Devices.Buses;
using LiquidControl.Devices.Chips;

namespace LiquidControl.Devices;

/// <summary>
/// The lines that let the bridges run: OE (active low), the heartbeat that keeps the monostable up, the emergency-stop input, and the
/// status LED, lit while the outputs are enabled.
/// </summary>
internal sealed class EnableCircuit(IGpioLines lines, DcArmWiring wiring)
{
    private readonly uint _disabled = 1u << wiring.EnableBit;
    private readonly uint _heartbeat = 1u << wiring.HeartbeatBit;
    private readonly uint _led = 1u << wiring.StatusLedBit;
    private readonly uint _emergencyStop = 1u << wiring.EmergencyStopBit;
    private uint _beat;

    public BusResult Enable() => lines.Write(_led, _disabled | _led);

    public BusResult Disable() => lines.Write(_disabled, _disabled | _led);

    /// <summary>One edge of the heartbeat.</summary>
    public BusResult Beat()
    {
        _beat ^= _heartbeat;
        return lines.Write(_beat, _heartbeat);
    }

    /// <summary>Whether the normally closed circuit is open: pressed, or a wire is broken.</summary>
    public BusResult ReadEmergencyStop(out bool open)
    {
        BusResult result = lines.Read(out uint levels);
        open = (levels & _emergencyStop) != 0;
        return result;
    }

    /// <summary>Throws <see cref="HardwareException"/>.</summary>
    public void Require(BusResult result)
    {
        if (result != BusResult.Ok)
        {
            throw ChipError.At(
                lines, "enable, heartbeat and emergency-stop lines", ChipError.Found(result), "the lines to be driven and read",
                "Check the line numbers against the wiring and that no other process holds them.");
        }
    }

    /// <summary>Throws <see cref="HardwareException"/> when the circuit is open.</summary>
    public void RequireClosed()
    {
        Require(ReadEmergencyStop(out bool open));
        if (open)
        {
            throw ChipError.At(
                lines, $"emergency-stop line {wiring.EmergencyStopLine}", "an open circuit", "a closed one",
                "Release the emergency stop, or look for a broken wire in its loop.");
        }
    }
}
