using LiquidControl.Control;
using LiquidControl.Control.Tests;
using LiquidControl.Devices.Buses;
using Xunit;

namespace LiquidControl.Simulation.Tests.Cycle;

/// <summary>The ring is enough to run the cycles again, without plant, drivers or chips, and get the same bits.</summary>
public class ReplayTests
{
    [Fact]
    public void A_recorded_run_with_faults_and_a_clear_replays_with_the_same_hash()
    {
        CycleRig rig = CycleRig.HoldingAt(CycleRig.Home, ControllerKind.Liquid, arm => TestPolicy.Constant(arm, 0.05), Scenario.Perturbed);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Run(0.4);
        rig.Faults.FlipEncoderParity(2, 6);
        rig.Run(0.05);
        rig.Cycle.Setpoints.Post([double.NaN, 0, 0, 0, 0, 0]);
        rig.Faults.FailI2c(0x40, BusResult.Nak, 3);
        rig.Run(0.05);
        rig.Faults.FailEncoders(BusResult.Timeout, 80);
        rig.Run(0.7);
        Assert.NotEqual(ControlState.Active, rig.Cycle.State);
        Assert.True(rig.Cycle.ClearFault());
        rig.Cycle.Setpoints.Post(CycleRig.Home);
        rig.Run(0.5);
        Assert.Equal(ControlState.Active, rig.Cycle.State);
        rig.Cycle.Requests.Ask(OperatorRequest.Hold);
        rig.Run(0.4);
        rig.Cycle.Setpoints.Post(CycleRig.Place);
        rig.Cycle.Lease.Renew(rig.Clock.NowNs);
        rig.Run(0.3);
        Assert.Equal(FaultCause.SetpointSilent, rig.Cycle.Faults);

        var recording = new Recording(rig.Cycle);
        var replay = new ControlCycle(
            CycleRig.Believed, new ControllerSettings(), ControllerKind.Liquid, recording, recording, TestPolicy.Constant(CycleRig.Believed, 0.05));
        replay.Configure();
        replay.Activate();
        while (recording.MoveNext())
        {
            if (recording.Current.FaultCleared)
                Assert.True(replay.ClearFault());
            if (recording.Current.SetpointTaken)
                replay.Setpoints.Post(recording.Current.Setpoint);
            replay.Requests.Ask(recording.Current.Requests);
            replay.Lease.Renew(recording.Current.LeaseRenewedNs);
            replay.Step();
            Assert.Equal(recording.Current.Drive, replay.Ring.Newest(0).Drive);
            Assert.Equal(recording.Current.State, replay.State);
        }

        Assert.Equal(rig.Cycle.Statistics.Cycles, replay.Statistics.Cycles);
        Assert.Equal(rig.Cycle.StateHash, replay.StateHash);
    }

    /// <summary>Hardware and clock that say again what the ring remembers.</summary>
    private sealed class Recording(ControlCycle recorded) : IArmHardware, IClock
    {
        private long _age = recorded.Statistics.Cycles;

        public CycleRecord Current => recorded.Ring.Newest((int)_age);

        public int JointCount => recorded.ActivationFrame.JointCount;

        public long BusTimeNs => 0;

        public long NowNs => Frame.TimestampNs;

        private SensorFrame Frame => _age == recorded.Statistics.Cycles ? recorded.ActivationFrame : Current.Sensors;

        public bool MoveNext() => --_age >= 0;

        public void Configure()
        {
        }

        public void Activate()
        {
        }

        public HardwareFaults Read(long nowNs, SensorFrame frame)
        {
            Frame.CopyTo(frame);
            return _age == recorded.Statistics.Cycles ? HardwareFaults.None : Current.ReadFaults;
        }

        public HardwareFaults Write(ReadOnlySpan<double> drive) => Current.WriteFaults;

        public HardwareFaults Disable() => Current.WriteFaults;
    }
}
