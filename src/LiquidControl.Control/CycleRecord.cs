using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// One cycle, whole: what came in, what was believed, what was asked for, what went out. Enough to run the cycle again and get the same
/// bits. Preallocated; filled in place.
/// </summary>
public sealed class CycleRecord(int jointCount)
{
    /// <summary>Number of the cycle since Activate, from 0.</summary>
    public long Cycle { get; internal set; }

    public ControlState State { get; internal set; }

    public FaultCause Faults { get; internal set; }

    public LimitFlags Limits { get; internal set; }

    public HardwareFaults Hardware { get; internal set; }

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

    internal void Fill(
        long cycle, Supervisor supervisor, LimitFlags limits, HardwareFaults hardware, ResidualFault residualFault, double interval,
        SensorFrame frame, RobotState state, ReferenceGenerator reference, JointCommand command, DriveStage drives)
    {
        Cycle = cycle;
        State = supervisor.State;
        Faults = supervisor.Faults;
        Limits = limits;
        Hardware = hardware;
        ResidualFault = residualFault;
        Phase = reference.Phase;
        Elapsed = reference.Elapsed;
        Duration = reference.Duration;
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

    internal void AddTo(ref StateHash hash)
    {
        hash.Add(Sensors.TimestampNs);
        hash.Add((long)State);
        hash.Add((long)Limits);
        for (int i = 0; i < Sensors.JointCount; i++)
            hash.Add((long)Sensors.EncoderCounts[i]);
        hash.Add(Position);
        hash.Add(Velocity);
        hash.Add(Disturbance);
        hash.Add(ReferencePosition);
        hash.Add(Torque);
        hash.Add(Residual);
        hash.Add(Drive);
    }
}
