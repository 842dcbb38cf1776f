namespace LiquidControl.Devices.Buses;

/// <summary>How one bus transfer ended. An error in the cycle is this value, never an exception.</summary>
public enum BusResult : byte
{
    /// <summary>Every byte was moved and acknowledged.</summary>
    Ok,

    /// <summary>Nobody acknowledged the address, or the chip refused a byte.</summary>
    Nak,

    /// <summary>The transfer did not finish in the adapter's time.</summary>
    Timeout,

    /// <summary>Another master took the bus; nothing is known about what the chip got.</summary>
    ArbitrationLost,

    /// <summary>Fewer bytes were moved than asked for.</summary>
    ShortTransfer,

    /// <summary>The adapter has no device for this address, or the device node is gone.</summary>
    NoDevice,

    /// <summary>The request itself is wrong: address out of range, buffers of unequal length, an input driven as output.</summary>
    Refused,

    /// <summary>The operating system reported an error it did not name.</summary>
    IoError,
}
