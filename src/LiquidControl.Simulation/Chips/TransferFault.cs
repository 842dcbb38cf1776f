using LiquidControl.Devices.Buses;

namespace LiquidControl.Simulation.Chips;

/// <summary>What is wrong with the next transfers: they fail, or a stuck line answers in the place of the chip.</summary>
internal struct TransferFault
{
    private BusResult _result;
    private int _failuresLeft;
    private byte _stuckAt;
    private int _stuckLeft;

    /// <summary>A fault that lasts longer than the new one goes on.</summary>
    public void Fail(BusResult result, int transfers)
    {
        if (transfers >= _failuresLeft)
            (_result, _failuresLeft) = (result, transfers);
    }

    public void Stick(byte value, int transfers) => (_stuckAt, _stuckLeft) = (value, transfers);

    /// <summary>The result of this transfer; Ok when it takes place.</summary>
    public BusResult TakeResult() => Take(ref _failuresLeft) ? _result : BusResult.Ok;

    /// <summary>Overwrites what the chip answered when a line is stuck.</summary>
    public void ApplyTo(Span<byte> answer)
    {
        if (!answer.IsEmpty && Take(ref _stuckLeft))
        {
            answer.Fill(_stuckAt);
        }
    }

    private static bool Take(ref int left)
    {
        if (left == 0)
        {
            return false;
        }

        if (left != BusFaults.UntilCleared)
        {
            left--;
        }

        return true;
    }
}
