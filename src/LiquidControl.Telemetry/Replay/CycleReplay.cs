using LiquidControl.Control;
using LiquidControl.Numerics;

namespace LiquidControl.Telemetry.Replay;

/// <summary>
/// Runs recorded cycles again: a new controller, and after a loss another, gets the frames, times, setpoints, requests, leases, clears,
/// deactivations and activations of the recording, and everything it says is held against what was recorded, bit by bit.
/// </summary>
public sealed class CycleReplay
{
    private readonly RecordingReader _recording;
    private readonly Func<IArmHardware, IClock, ControlCycle> _newCycle;
    private readonly RecordedHardware _hardware;
    private readonly CycleRecord _record;
    private readonly byte[] _recorded;
    private readonly byte[] _replayed;
    private readonly RecordField[] _compared;
    private ControlCycle? _cycle;
    private StateHash _hash;
    private int _activations;
    private long _cycles;
    private long _beforeActivation;
    private long _afterLoss;
    private ReplayDifference? _difference;

    private CycleReplay(RecordingReader recording, Func<IArmHardware, IClock, ControlCycle> newCycle)
    {
        _recording = recording;
        _newCycle = newCycle;
        _hardware = new(recording.Origin.Joints);
        _record = new(recording.Origin.Joints);
        _recorded = new byte[recording.Layout.Size];
        _replayed = new byte[recording.Layout.Size];
        _compared = [.. recording.Layout.Fields.Where(field => !recording.MissingFields.Contains(field.Name))];
    }

    /// <param name="recording">Read to its end, or to the first difference.</param>
    /// <param name="newCycle">Makes the controller that was recorded on the hardware and the clock it is given; a black box of one cycle will do.</param>
    /// <param name="progress">Is told how much is done, 0 to 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RecordingFormatException">The file is damaged.</exception>
    public static ReplayResult Run(
        RecordingReader recording, Func<IArmHardware, IClock, ControlCycle> newCycle, Action<double> progress, CancellationToken cancellation)
    {
        CycleReplay replay = new(recording, newCycle);
        while (replay._difference is null && recording.Read(replay._recorded))
        {
            cancellation.ThrowIfCancellationRequested();
            recording.Layout.Read(replay._recorded, replay._record);
            replay.Take();
            progress(recording.Part);
        }

        replay.EndActivation();
        return replay.Result();
    }

    private void Take()
    {
        if (_record.Cycle == CycleRecord.OfActivation)
            Activate();
        else if (_activations == 0)
            _beforeActivation++;
        else if (_cycle is not null && _record.Cycle == _cycle.Statistics.Cycles)
            Step(_cycle);
        else
            SkipAfterLoss();
    }

    private void Activate()
    {
        ControlCycle? before = _cycle;
        EndActivation();
        _hardware.Say(_record);
        _cycle = before ?? NewCycle();
        _activations++;
        try
        {
            if (_cycle.State != ControlState.Inactive)
                _cycle.Deactivate();
            _cycle.Activate();
        }
        catch (HardwareException error)
        {
            throw new RecordingFormatException(
                _recording.Path, _recording.Offset, $"an activation that the controller refuses ({error.Message})", "one that it took",
                "The file was changed, or made by another release; its name stands in the file's metadata.");
        }

        Compare(_cycle.Activation);
    }

    private ControlCycle NewCycle()
    {
        var cycle = _newCycle(_hardware, _hardware);
        cycle.Configure();
        return cycle;
    }

    private void Step(ControlCycle cycle)
    {
        _hardware.Say(_record);
        if (_record.FaultCleared)
            cycle.ClearFault();
        if (_record.Deactivated)
            cycle.Deactivate();
        if (_record.SetpointTaken)
            cycle.Setpoints.Post(_record.Setpoint);
        cycle.Requests.Ask(_record.Requests);
        cycle.Lease.Renew(_record.LeaseRenewedNs);
        cycle.Step();
        _cycles++;
        Compare(cycle.Ring.Newest(0));
    }

    private void SkipAfterLoss()
    {
        EndActivation();
        _afterLoss++;
    }

    private void EndActivation()
    {
        if (_cycle is not null)
            _hash.Add(_cycle.StateHash);
        _cycle = null;
    }

    private void Compare(CycleRecord replayed)
    {
        _recording.Layout.Write(replayed, _replayed);
        if (_replayed.AsSpan().SequenceEqual(_recorded))
            return;
        var field = Array.Find(_compared, Differs);
        if (field is not null)
            _difference = new(_activations, _record.Cycle, field.Name, field.Joint + 1, field.Text(_recorded), field.Text(_replayed));
    }

    /// <summary>The bits of what is no number are not promised across processors.</summary>
    private bool Differs(RecordField field)
    {
        if (field.Bits(_recorded) == field.Bits(_replayed))
            return false;
        return field.Kind != RecordKind.F64 || !double.IsNaN(field.Number(_recorded)) || !double.IsNaN(field.Number(_replayed));
    }

    private ReplayResult Result() => new()
    {
        Activations = _activations,
        Cycles = _cycles,
        BeforeActivation = _beforeActivation,
        AfterLoss = _afterLoss,
        Difference = _difference,
        StateHash = _hash.Value,
        NotCompared = _recording.MissingFields,
        End = _recording.End,
    };
}
