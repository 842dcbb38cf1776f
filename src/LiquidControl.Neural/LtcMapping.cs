namespace LiquidControl.Neural;

/// <summary>What an LTC network does to each of its inputs or outputs.</summary>
public enum LtcMapping
{
    /// <summary>w x + b ("affine").</summary>
    Affine,

    /// <summary>w x ("linear").</summary>
    Linear,

    /// <summary>x itself (None).</summary>
    None,
}
