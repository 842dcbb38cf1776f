namespace LiquidControl.Control;

/// <summary>How a sensor channel came by its value in this cycle. Only <see cref="Fresh"/> is a new measurement.</summary>
public enum ChannelStatus : byte
{
    /// <summary>Never read since Configure; the value means nothing.</summary>
    Never,

    /// <summary>Read in this cycle.</summary>
    Fresh,

    /// <summary>Not due in this cycle (a slow channel); the value is the last one read.</summary>
    Held,

    /// <summary>The bus gave no answer (NAK, time-out, lost arbitration); the value is the last one read.</summary>
    BusError,

    /// <summary>The answer's parity was wrong; the value is the last good one.</summary>
    ParityError,

    /// <summary>The chip itself reported an error; the value is the last good one.</summary>
    DeviceError,

    /// <summary>The answer is beyond what the chip can give (a stuck line); the value is the last good one.</summary>
    OutOfRange,

    /// <summary>An encoder's magnet is too far away or off centre: its angle means nothing; the value is the last good one.</summary>
    MagnetLost,
}
