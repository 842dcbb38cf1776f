using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// One cycle, whole: what came in, what was believed, what was asked for, what went out. The records since Activate, with the frame it
/// read, are enough to run the cycles again and get the same bits. Preallocated; filled in place.
/// </summary>
public sealed class CycleRecord(int jointCount)
{
    /// <summary>Number of the cycle since Activate, from 0.</summary>
    public long Cycle { get; internal set; }

    public ControlState State { get; internal set; }

    public FaultCause Faults { get; internal set; }

    public LimitFlags Limits { get; internal set; }

    /// <summary>How Read went, and Write or Disable.</summary>
    public HardwareFaults ReadFaults { get; internal set; }

    public HardwareFaults WriteFaults { get; internal set; }

    /// <summary>Whether a goal was taken from the mailbox, the goal as it was posted, and whether it was refused.</summary>
    public bool SetpointTaken { get; internal set; }

    public double[] Setpoint { get; } = new double[jointCount];

    public TrajectoryResult SetpointResult { get; internal set; }

    /// <summary>Whether a fault was cleared since the last cycle.</summary>
    public bool FaultCleared { get; internal set; }

    public ResidualFault ResidualFault { get; internal set; }

    public ReferencePhase Phase { get; internal set; }

    /// <summary>Time since the move began, s, and its planned duration.</summary>
    public double Elapsed { get; internal set; }

    public double Duration { get; internal set; }

    /// <summary>Time since the last cycle, s.</summary>
    public double Interval { get; internal set; }

    /// <summary>Supply voltage, V.</summary>
    public double Supply { get; internal set; }

    /// <summary>The sensors as they came in.</summary>
    public SensorFrame Sensors { get; } = new(jointCount);

    public double[] Position { get; } = new double[jointCount];

    public double[] Velocity { get; } = new double[jointCount];

    public double[] Disturbance { get; } = new double[jointCount];

    public double[] Goal { get; } = new double[jointCount];

    public double[] ReferencePosition { get; } = new double[jointCount];

    public double[] ReferenceVelocity { get; } = new double[jointCount];

    public double[] ReferenceAcceleration { get; } = new double[jointCount];

    /// <summary>Torque after the limiter, N·m.</summary>
    public double[] Torque { get; } = new double[jointCount];

    /// <summary>The network's part of it, N·m.</summary>
    public double[] Residual { get; } = new double[jointCount];

    /// <summary>Torque that the written drive gives, N·m.</summary>
    public double[] Achieved { get; } = new double[jointCount];

    /// <summary>Drive written, [-1, 1].</summary>
    public double[] Drive { get; } = new double[jointCount];

    internal void FillInputs(HardwareFaults read, HardwareFaults write, bool setpointTaken, ReadOnlySpan<double> setpoint, bool faultCleared)
    {
        ReadFaults = read;
        WriteFaults = write;
        SetpointTaken = setpointTaken;
        setpoint.CopyTo(Setpoint);
        FaultCleared = faultCleared;
    }

    internal void Fill(
        long cycle, Supervisor supervisor, LimitFlags limits, ResidualFault residualFault, double interval, SensorFrame frame,
        RobotState state, ReferenceGenerator reference, JointCommand command, DriveStage drives)
    {
        Cycle = cycle;
        State = supervisor.State;
        Faults = supervisor.Faults;
        Limits = limits;
        ResidualFault = residualFault;
        Phase = reference.Phase;
        Elapsed = reference.Elapsed;
        Duration = reference.Duration;
        SetpointResult = reference.LastResult;
        Interval = interval;
        Supply = state.Supply;
        frame.CopyTo(Sensors);
        state.Position.AsSpan().CopyTo(Position);
        state.Velocity.AsSpan().CopyTo(Velocity);
        state.Disturbance.AsSpan().CopyTo(Disturbance);
        reference.Goal.AsSpan().CopyTo(Goal);
        reference.Now.Position.AsSpan().CopyTo(ReferencePosition);
        reference.Now.Velocity.AsSpan().CopyTo(ReferenceVelocity);
        reference.Now.Acceleration.AsSpan().CopyTo(ReferenceAcceleration);
        command.Torque.AsSpan().CopyTo(Torque);
        command.Residual.AsSpan().CopyTo(Residual);
        drives.Achieved.AsSpan().CopyTo(Achieved);
        drives.Drive.AsSpan().CopyTo(Drive);
    }

    /// <summary>Every bit that came in and every bit that went out or was believed.</summary>
    internal void AddTo(ref StateHash hash)
    {
        Sensors.AddTo(ref hash);
        hash.Add((long)ReadFaults);
        hash.Add((long)WriteFaults);
        hash.Add(SetpointTaken ? 1L : 0L);
        hash.Add(Setpoint);
        hash.Add((long)SetpointResult);
        hash.Add(FaultCleared ? 1L : 0L);
        hash.Add((long)State);
        hash.Add((long)Faults);
        hash.Add((long)Limits);
        hash.Add((long)ResidualFault);
        hash.Add((long)Phase);
        hash.Add(Elapsed);
        hash.Add(Duration);
        hash.Add(Interval);
        hash.Add(Supply);
        hash.Add(Position);
        hash.Add(Velocity);
        hash.Add(Disturbance);
        hash.Add(Goal);
        hash.Add(ReferencePosition);
        hash.Add(ReferenceVelocity);
        hash.Add(ReferenceAcceleration);
        hash.Add(Torque);
        hash.Add(Residual);
        hash.Add(Achieved);
        hash.Add(Drive);
    }
}
