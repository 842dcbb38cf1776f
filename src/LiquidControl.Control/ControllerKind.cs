namespace LiquidControl.Control;

/// <summary>Which law turns state and reference into torque. Every kind runs behind the same limiter.</summary>
public enum ControllerKind
{
    /// <summary>CtRls, or CtEso under a network that stands alone, with the bounded residual of the CfC network.</summary>
    Liquid,

    /// <summary>Computed torque with the observer's disturbance compensated.</summary>
    CtEso,

    /// <summary>The same with the torque of identified parameters: recursive least squares on the dynamics' regressor.</summary>
    CtRls,

    /// <summary>Computed torque with an integrator.</summary>
    CtI,

    /// <summary>Computed torque: inverse dynamics of the model plus friction feed-forward.</summary>
    Ct,

    /// <summary>Joint PD with gravity compensation.</summary>
    Pd,

    /// <summary>The network alone commands the torque.</summary>
    EndToEnd,
}
