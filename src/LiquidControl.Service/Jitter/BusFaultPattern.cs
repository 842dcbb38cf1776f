using LiquidControl.Devices;
using LiquidControl.Devices.Buses;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Service.Jitter;

/// <summary>One transfer in every hundredth cycle fails, each time of another kind in turn; the cycle must take all of them in its stride.</summary>
internal sealed class BusFaultPattern(BusFaults faults, DcArmWiring wiring)
{
    private const int Every = 100;
    private const int Kinds = 6;

    private long _cycle;

    public long Injected { get; private set; }

    /// <summary>Before each cycle.</summary>
    public void Next()
    {
        if (++_cycle % Every != 0)
            return;
        switch (Injected++ % Kinds)
        {
            case 0:
                faults.FailI2c(wiring.PwmAddress, BusResult.Nak, 1);
                break;
            case 1:
                faults.FailI2c(wiring.PwmAddress, BusResult.Timeout, 1);
                break;
            case 2:
                faults.FailI2c(wiring.PwmAddress, BusResult.ArbitrationLost, 1);
                break;
            case 3:
                faults.DropEncoderFrame();
                break;
            case 4:
                faults.FlipEncoderParity(joint: 0, 1);
                break;
            default:
                faults.FailCurrents(BusResult.IoError, 1);
                break;
        }
    }
}
