namespace LiquidControl.Control;

/// <summary>Gains and times of the cycle. Bandwidths in rad/s, times in s.</summary>
public sealed record ControllerSettings
{
    /// <summary>w of the error dynamics e'' + 2w e' + w² e = 0.</summary>
    public double TrackingBandwidth { get; init; } = 30.0;

    /// <summary>Pole of the extended-state observer.</summary>
    public double ObserverBandwidth { get; init; } = 120.0;

    /// <summary>Integral gain of ct-i, 1/s³.</summary>
    public double IntegralGain { get; init; } = 4000.0;

    /// <summary>Largest acceleration the integrator or the observer's compensation may ask for, rad/s².</summary>
    public double CompensationLimit { get; init; } = 120.0;

    /// <summary>Whole cycles between Write and the moment a drive acts.</summary>
    public int ActuationDelayCycles { get; init; }

    /// <summary>The residual may cross from zero to its bound in this time.</summary>
    public double ResidualRiseTime { get; init; } = 0.05;

    /// <summary>Network time budget as a part of the control period.</summary>
    public double PolicyBudget { get; init; } = 0.25;

    /// <summary>Plans use this part of a joint's velocity limit: feedback around a plan at full speed needs the rest.</summary>
    public double PlanVelocityPart { get; init; } = 0.9;

    /// <summary>The limiter's acceleration and jerk bounds as multiples of the trajectory's: feedback needs more than the plan.</summary>
    public double FeedbackMargin { get; init; } = 4.0;

    /// <summary>An encoder without a fresh frame for this long: hold.</summary>
    public double EncoderSilentHold { get; init; } = 0.020;

    /// <summary>An encoder without a fresh frame for this long: soft stop.</summary>
    public double EncoderSilentStop { get; init; } = 0.100;

    /// <summary>An encoder further than this from its prediction is rejected, rad.</summary>
    public double InnovationGate { get; init; } = 0.010;

    /// <summary>Rejections for this long: soft stop.</summary>
    public double InnovationPatience { get; init; } = 0.020;

    /// <summary>A lease on the setpoints that was not renewed for this long while the arm moves: hold, s.</summary>
    public double SetpointSilent { get; init; } = 0.100;

    /// <summary>A gap between two cycles of this length: hold.</summary>
    public double LateHold { get; init; } = 0.020;

    /// <summary>That gap at a control rate (Hz), s: a slow loop is not called late before two periods are missing.</summary>
    public double LateHoldAt(double rate) => Math.Max(LateHold, 3.0 / rate);

    /// <summary>A joint this far from its reference: soft stop, rad.</summary>
    public double TrackingErrorStop { get; init; } = 0.25;
}
