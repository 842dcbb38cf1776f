namespace LiquidControl.Simulation;

/// <summary>What a joint's motor does while its bridge is disabled.</summary>
public enum PowerOff
{
    /// <summary>The terminals are open: no torque.</summary>
    Coast,

    /// <summary>The terminals are shorted: the back-EMF brakes, without the bridge's current limit.</summary>
    Brake,
}
