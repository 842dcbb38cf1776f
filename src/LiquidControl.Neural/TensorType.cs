namespace LiquidControl.Neural;

/// <summary>The number formats a model file may hold, under their names in safetensors; little-endian.</summary>
public enum TensorType
{
    /// <summary>32-bit IEEE 754.</summary>
    F32,

    /// <summary>64-bit IEEE 754.</summary>
    F64,
}
