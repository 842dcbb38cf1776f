using LiquidControl.Control;
using LiquidControl.Realtime;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// What the loop does each period: obey, step, publish. From Activate on it allocates nothing: what it answers a command is put into words
/// beforehand, but for a refusal of the hardware to be activated.
/// </summary>
internal sealed class ControlBody(IArmSide side, LoopDesk desk, LoopStatus status, ShutdownWish shutdown, CyclePublisher publisher) : ICycleBody
{
    /// <summary>An arm that has not come to rest by then is let go, s.</summary>
    private const double LongestStop = 3.0;

    /// <summary>A joint slower than this rests, rad/s.</summary>
    private const double Rest = 0.01;

    private readonly ControlCycle _cycle = side.Cycle;
    private CycleTiming _timing;
    private bool _activated;
    private long _stopAskedNs;

    public bool Run(long deadlineNs, long skipped)
    {
        side.Pass();
        string? answer = Obey(desk.Take());
        bool goesOn = !EndsNow(deadlineNs);
        if (!goesOn)
            _cycle.Deactivate();
        if (_activated)
        {
            _cycle.Step();
            publisher.Publish(_cycle.Ring.Newest(0), _timing);
        }

        publisher.HasPower = _cycle.OutputsOn;
        status.Update(_cycle, skipped);
        if (answer is not null)
            desk.Done(answer);
        return goesOn;
    }

    public void Finished(in CycleTiming timing) => _timing = timing;

    /// <summary>Null when nothing was asked, empty when it is done, else why not.</summary>
    private string? Obey(LoopCommand command) => command switch
    {
        LoopCommand.Activate => Activate(),
        LoopCommand.Deactivate => Deactivate(),
        LoopCommand.Clear => Clear(),
        _ => null,
    };

    private string Deactivate()
    {
        _cycle.Deactivate();
        return "";
    }

    private string Activate()
    {
        if (_cycle.State != ControlState.Inactive)
            return "the arm is active already, or not configured.";
        publisher.HasPower = true;
        try
        {
            _cycle.Activate();
            _activated = true;
            publisher.Publish(_cycle.Activation, default);
            return "";
        }
        catch (HardwareException e)
        {
            return e.Message;
        }
    }

    private string Clear() => _cycle.ClearFault() ? "" : "there is nothing to clear, or the arm is still coming to rest.";

    private bool EndsNow(long nowNs)
    {
        int wishes = shutdown.Times;
        if (wishes == 0)
            return false;
        if (wishes > 1 || !_cycle.OutputsOn)
            return true;
        if (_stopAskedNs == 0)
        {
            _stopAskedNs = nowNs;
            _cycle.Requests.Ask(OperatorRequest.Stop);
            return false;
        }

        return Rests() || (nowNs - _stopAskedNs) * 1e-9 > LongestStop;
    }

    private bool Rests()
    {
        if (_cycle.State == ControlState.Active || _cycle.Reference.Phase != ReferencePhase.Hold)
            return false;
        foreach (double velocity in _cycle.Estimate.Velocity)
        {
            if (Math.Abs(velocity) >= Rest)
                return false;
        }

        return true;
    }
}
