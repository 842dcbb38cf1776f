namespace LiquidControl.Control;

/// <summary>What a person may ask of a running cycle beside a goal.</summary>
[Flags]
public enum OperatorRequest : byte
{
    None = 0,

    /// <summary>End the move along its path and stay Active; a goal of the same cycle is forgotten.</summary>
    Hold = 1,

    /// <summary>Come to rest and stay there until cleared.</summary>
    Stop = 2,
}
