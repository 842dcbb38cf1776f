namespace LiquidControl.Hosting.Machine;

/// <summary>The boards firmware-config has a recipe for.</summary>
public enum BoardKind
{
    /// <summary>No recipe: a desktop, a virtual machine, another board.</summary>
    Other,

    RaspberryPi,

    Jetson,
}
