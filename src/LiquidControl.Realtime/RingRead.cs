namespace LiquidControl.Realtime;

/// <summary>What came of looking for the next record.</summary>
public enum RingRead
{
    /// <summary>Here it is, whole.</summary>
    Record,

    /// <summary>Nothing newer yet.</summary>
    Empty,

    /// <summary>A record that says it is whole does not match its checksum; it is passed over.</summary>
    Corrupt,
}

/// <summary>How the writer of a ring fares.</summary>
public enum RingWriterState
{
    /// <summary>It lives.</summary>
    Writing,

    /// <summary>It ended as it should.</summary>
    Ended,

    /// <summary>Its process ended without a word.</summary>
    Died,

    /// <summary>Another has started on this path: read what is left, then open anew.</summary>
    Replaced,
}
