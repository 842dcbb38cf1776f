namespace LiquidControl.Neural;

/// <summary>How a CfC cell combines its heads into the new state; see <see cref="Cfc{T}"/> for the formulas.</summary>
public enum CfcMode
{
    /// <summary>A time-dependent gate blends two heads ("default").</summary>
    Default,

    /// <summary>The closed form of the differential equation itself, one head ("pure").</summary>
    Pure,

    /// <summary>The first head plus the gated second one ("no_gate").</summary>
    NoGate,
}
