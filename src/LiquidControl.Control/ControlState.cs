namespace LiquidControl.Control;

/// <summary>Life of the controller. Faults lead from Active to Holding or Stopped, never to silence.</summary>
public enum ControlState
{
    /// <summary>No chip has been initialised.</summary>
    Unconfigured,

    /// <summary>Chips answer, outputs are off.</summary>
    Inactive,

    /// <summary>Outputs on; the arm follows setpoints.</summary>
    Active,

    /// <summary>Fallback: the classical law keeps the position; setpoints are refused until the fault is cleared.</summary>
    Holding,

    /// <summary>Fallback: the arm was brought to rest within its limits and is kept there; setpoints are refused until the fault is cleared.</summary>
    Stopped,
}
