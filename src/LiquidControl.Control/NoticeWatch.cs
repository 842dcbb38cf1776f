using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>Finds what is amiss and made up for. Nothing in the cycle acts on it: it is for whoever looks after the arm.</summary>
public sealed class NoticeWatch
{
    /// <summary>The part of lost frames is a mean over this time, s: a first-order lag.</summary>
    private const double LossMemory = 0.5;

    /// <summary>Noticed above the first part, and until it is under the second.</summary>
    private const double ManyLost = 0.15, FewLost = 0.10;

    /// <summary>A longer cycle is one that was asleep, s.</summary>
    private const double LongestStep = 0.1;

    private readonly bool _hasInertialSensor;
    private readonly InertialWatch _inertial = new();
    private readonly UnexplainedTorque _unexplained;
    private double _lost;
    private bool _losesMany;

    public NoticeWatch(ArmDescription arm)
    {
        _hasInertialSensor = arm.SpecificForcePerCount is not null;
        _unexplained = new(arm);
    }

    public Notices Notices { get; private set; }

    /// <summary>That each joint needs and the model does not explain, N·m.</summary>
    public ReadOnlySpan<double> UnexplainedTorque => _unexplained.Mean;

    public void Reset()
    {
        _inertial.Reset();
        _unexplained.Reset();
        _lost = 0.0;
        _losesMany = false;
        Notices = Notices.None;
    }

    /// <summary>Takes in a cycle.</summary>
    public void Note(SensorFrame frame, RobotState state, bool outputsOn)
    {
        double dt = Math.Clamp(state.Interval, 0.0, LongestStep);
        _lost += (1.0 - Elementary.Exp(-dt / LossMemory)) * (1.0 - state.FreshPart - _lost);
        _losesMany = _lost > (_losesMany ? FewLost : ManyLost);
        _inertial.Note(frame, state, dt);
        _unexplained.Note(state, dt, outputsOn);
        Notices = (_losesMany ? Notices.FramesLost : Notices.None)
            | (_hasInertialSensor && _inertial.IsAmiss ? Notices.InertialSensor : Notices.None)
            | (_unexplained.IsMuch ? Notices.UnexplainedTorque : Notices.None);
    }
}
