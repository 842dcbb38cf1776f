using LiquidControl.Control;
using LiquidControl.Hosting.Toml;

namespace LiquidControl.Hosting;

/// <summary>[controller]: gains and times; every key has a default, so that a robot states only what differs.</summary>
internal static class ControllerReader
{
    public static ControllerSettings Read(TomlSection? section)
    {
        var usual = new ControllerSettings();
        if (section is null) return usual;
        var settings = usual with
        {
            TrackingBandwidth = section.Number("tracking_bandwidth_rad_s", NumberRange.PositiveUpTo(1000.0), usual.TrackingBandwidth),
            ObserverBandwidth = section.Number("observer_bandwidth_rad_s", NumberRange.PositiveUpTo(5000.0), usual.ObserverBandwidth),
            IntegralGain = section.Number("integral_gain_s3", NumberRange.NotNegative, usual.IntegralGain),
            CompensationLimit = section.Number("compensation_limit_rad_s2", NumberRange.Positive, usual.CompensationLimit),
            ActuationDelayCycles = section.Integer("actuation_delay_cycles", 0, 8, usual.ActuationDelayCycles),
            ResidualRiseTime = Seconds(section, "residual_rise_ms", usual.ResidualRiseTime),
            PolicyBudget = section.Number("policy_budget", NumberRange.PositiveUpTo(1.0), usual.PolicyBudget),
            PlanVelocityPart = section.Number("plan_velocity_part", NumberRange.PositiveUpTo(1.0), usual.PlanVelocityPart),
            FeedbackMargin = section.Number("feedback_margin", new NumberRange(1.0, 100.0), usual.FeedbackMargin),
            EncoderSilentHold = Seconds(section, "encoder_silent_hold_ms", usual.EncoderSilentHold),
            EncoderSilentStop = Seconds(section, "encoder_silent_stop_ms", usual.EncoderSilentStop),
            InnovationGate = Radians(section, "innovation_gate_deg", usual.InnovationGate),
            InnovationPatience = Seconds(section, "innovation_patience_ms", usual.InnovationPatience),
            SetpointSilent = Seconds(section, "setpoint_silent_ms", usual.SetpointSilent),
            LateHold = Seconds(section, "late_hold_ms", usual.LateHold),
            TrackingErrorStop = Radians(section, "tracking_error_stop_deg", usual.TrackingErrorStop),
        };
        if (settings.EncoderSilentStop < settings.EncoderSilentHold)
        {
            section.Report(
                "encoder_silent_stop_ms", $"{settings.EncoderSilentStop * 1e3:G6} ms",
                $"at least encoder_silent_hold_ms ({settings.EncoderSilentHold * 1e3:G6} ms)", "Hold first, stop later.");
        }

        section.RejectUnknownKeys();
        return settings;
    }

    private static double Seconds(TomlSection section, string key, double usual) =>
        section.Number(key, NumberRange.PositiveUpTo(10_000.0), usual * 1e3) * 1e-3;

    private static double Radians(TomlSection section, string key, double usual) =>
        double.DegreesToRadians(section.Number(key, NumberRange.PositiveUpTo(360.0), double.RadiansToDegrees(usual)));
}
