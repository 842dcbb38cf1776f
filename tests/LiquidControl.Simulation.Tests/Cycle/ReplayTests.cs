using LiquidControl.Control;
using LiquidControl.Control.Tests;
using LiquidControl.Devices.Buses;
using LiquidControl.Numerics;
using LiquidControl.Telemetry;
using LiquidControl.Telemetry.Replay;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>A recording is enough to run the cycles again, without plant, drivers or chips, and get the same bits.</summary>
public class ReplayTests
{
    [Fact]
    public void A_run_with_faults_clears_and_a_second_activation_replays_with_the_same_bits()
    {
        CycleRig rig = new(ControllerKind.Liquid, Constant, Scenario.Perturbed);
        using CycleRecorder recorder = new(rig, "liquid");
        StateHash hash = new();
        recorder.Activate(CycleRig.Home);
        recorder.Run(0.1);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        recorder.Run(0.4);
        rig.Faults.FlipEncoderParity(2, 6);
        recorder.Run(0.05);
        rig.Cycle.Setpoints.Post([double.NaN, 0, 0, 0, 0, 0]);
        rig.Faults.FailI2c(0x40, BusResult.Nak, 3);
        recorder.Run(0.05);
        rig.Faults.FailEncoders(BusResult.Timeout, 80);
        recorder.Run(0.7);
        Assert.NotEqual(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.Cycle.ClearFault());
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        recorder.Run(0.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        rig.Cycle.Requests.Ask(OperatorRequest.Hold);
        recorder.Run(0.4);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Cycle.Lease.Renew(rig.Clock.NowNs);
        recorder.Run(0.3);
        Assert.Equal(FaultCause.SetpointSilent, rig.Cycle.Faults);
        rig.Cycle.Setpoints.Post([double.NaN, 0, 0, 0, 0, 0]);
        Assert.True(rig.Cycle.ClearFault());
        rig.Cycle.Setpoints.Post([double.NaN, 0, 0, 0, 0, 0]);
        recorder.Run(0.1);
        rig.Cycle.Deactivate();
        recorder.Run(0.05);
        rig.Board.SetEmergencyStop(true);
        Assert.Throws<HardwareException>(rig.Cycle.Activate);
        recorder.Run(0.02);
        rig.Board.SetEmergencyStop(false);
        recorder.HoldStill(CycleRig.Place);
        long cycles = rig.Cycle.Statistics.Cycles;
        hash.Add(rig.Cycle.StateHash);

        recorder.Activate(CycleRig.Place);
        Assert.Equal(CycleRecord.OfActivation, rig.Cycle.Activation.Cycle);
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        recorder.Run(0.3);
        rig.Board.SetEmergencyStop(true);
        recorder.Run(0.02);
        Assert.Equal(ControlState.Inactive, rig.Cycle.State);
        hash.Add(rig.Cycle.StateHash);

        using var recording = recorder.Finish();
        var result = Replay(recording, Constant);
        Assert.Null(result.Difference);
        Assert.Equal((2, cycles + rig.Cycle.Statistics.Cycles, 0L, 0L), (result.Activations, result.Cycles, result.BeforeActivation, result.AfterLoss));
        Assert.Equal(hash.Value, result.StateHash);
        Assert.True(result is { IsSame: true, End.IsWhole: true });
    }

    /// <summary>How long the network took is of that machine and that day; what came of it is in the recording.</summary>
    [Fact]
    public void A_network_that_took_too_long_then_takes_too_long_again()
    {
        CycleRig rig = new(ControllerKind.Liquid, Constant);
        using CycleRecorder recorder = new(rig, "liquid");
        recorder.Activate(CycleRig.Home);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        recorder.Run(0.3);
        rig.Clock.NsPerLook = 1_000_000;
        recorder.Run(0.002);
        rig.Clock.NsPerLook = 0;
        Assert.Equal(ResidualFault.OverBudget, rig.Cycle.ResidualFault);
        recorder.Run(0.3);
        using var recording = recorder.Finish();
        Assert.Null(Replay(recording, Constant).Difference);
    }

    [Fact]
    public void Another_controller_is_told_by_cycle_field_and_joint()
    {
        CycleRig rig = new(ControllerKind.Liquid, Constant);
        using CycleRecorder recorder = new(rig, "liquid");
        recorder.Activate(CycleRig.Home);
        recorder.Run(0.1);
        using var recording = recorder.Finish();
        var difference = Replay(recording, arm => TestPolicy.Constant(arm, 0.0501)).Difference!;
        Assert.Equal((1, "torque", 1), (difference.Activation, difference.Field, difference.Joint));
        Assert.InRange(difference.Cycle, 1, 30);
        Assert.NotEqual(difference.Recorded, difference.Replayed);
        Assert.StartsWith($"cycle {difference.Cycle} of activation 1: torque of joint 1: recorded ", difference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_recorded_before_an_activation_or_after_a_loss_is_counted_and_left_out()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home);
        using CycleRecorder recorder = new(rig, "ct-eso");
        recorder.Run(0.1);
        long before = rig.Cycle.Statistics.Cycles;
        recorder.Activate(CycleRig.Home);
        recorder.Run(0.1);
        recorder.Run(0.1, lost: 3);
        long after = rig.Cycle.Statistics.Cycles;
        recorder.Activate(CycleRig.Home);
        recorder.Run(0.1);
        using var recording = recorder.Finish();
        var result = Replay(recording, null);
        Assert.Null(result.Difference);
        Assert.Equal((before, 2, 47L), (result.BeforeActivation, result.Activations, result.AfterLoss));
        Assert.Equal(after - 50 + rig.Cycle.Statistics.Cycles, result.Cycles);
    }

    private static LiquidPolicy Constant(ArmDescription arm) => TestPolicy.Constant(arm, 0.05);

    private static ReplayResult Replay(RecordingReader recording, Func<ArmDescription, LiquidPolicy>? policy) => CycleReplay.Run(
        recording,
        (hardware, clock) => new(
            CycleRig.Believed, new ControllerSettings(), policy is null ? ControllerKind.CtEso : ControllerKind.Liquid, hardware, clock,
            policy?.Invoke(CycleRig.Believed), ringCapacity: 1),
        _ => { }, TestContext.Current.CancellationToken);
}
