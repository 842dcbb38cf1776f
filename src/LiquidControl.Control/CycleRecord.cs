using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// One cycle, whole: what came in, what was believed, what was asked for, what went out. The records since Activate, with the frame it
/// read, are enough to run the cycles again and get the same bits. Preallocated; filled in place.
/// </summary>
public sealed class CycleRecord(int jointCount)
{
    /// <summary>The number of the record that Activate makes.</summary>
    public const long OfActivation = -1;

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

    /// <summary>What a person asked for since the last cycle.</summary>
    public OperatorRequest Requests { get; internal set; }

    /// <summary>When the lease on the setpoints was last renewed, ns; 0 without one.</summary>
    public long LeaseRenewedNs { get; internal set; }

    /// <summary>Whether a fault was cleared since the last cycle.</summary>
    public bool FaultCleared { get; internal set; }

    /// <summary>Whether somebody took the outputs away since the last cycle.</summary>
    public bool Deactivated { get; internal set; }

    public ResidualFault ResidualFault { get; internal set; }

    /// <summary>For whoever looks after the arm; nothing in the cycle acts on it.</summary>
    public Notices Notices { get; internal set; }

    /// <summary>That each joint needs and the model does not explain, N·m; as the notices.</summary>
    public double[] UnexplainedTorque { get; } = new double[jointCount];

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

    internal void FillInputs(HardwareFaults read, HardwareFaults write, bool setpointTaken, ReadOnlySpan<double> setpoint, bool faultCleared,
        bool deactivated, OperatorRequest requests, long leaseRenewedNs)
    {
        ReadFaults = read;
        WriteFaults = write;
        SetpointTaken = setpointTaken;
        setpoint.CopyTo(Setpoint);
        FaultCleared = faultCleared;
        Deactivated = deactivated;
        Requests = requests;
        LeaseRenewedNs = leaseRenewedNs;
    }

    internal void FillNotices(NoticeWatch watch)
    {
        Notices = watch.Notices;
        watch.UnexplainedTorque.CopyTo(UnexplainedTorque);
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
        RecordHasher hasher = new(hash);
        VisitContent(ref hasher);
        hash = hasher.Hash;
    }

    /// <summary>Every field. What stands here and not in the hash shows in it by what the cycle made of it, or is for people alone.</summary>
    internal void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IRecordVisitor, allows ref struct
    {
        Cycle = visitor.Integer("cycle", "", Cycle);
        Requests = visitor.Choice("requests", Requests);
        LeaseRenewedNs = visitor.Integer("lease_renewed", "ns", LeaseRenewedNs);
        Deactivated = visitor.Flag("deactivated", Deactivated);
        Notices = visitor.Choice("notices", Notices);
        VisitJoints(ref visitor, "unexplained_torque", "N·m", UnexplainedTorque);
        VisitContent(ref visitor);
    }

    private void VisitContent<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IRecordVisitor, allows ref struct
    {
        Sensors.Visit(ref visitor);
        ReadFaults = visitor.Choice("read_faults", ReadFaults);
        WriteFaults = visitor.Choice("write_faults", WriteFaults);
        SetpointTaken = visitor.Flag("setpoint_taken", SetpointTaken);
        VisitJoints(ref visitor, "setpoint", "rad", Setpoint);
        SetpointResult = visitor.Choice("setpoint_result", SetpointResult);
        FaultCleared = visitor.Flag("fault_cleared", FaultCleared);
        State = visitor.Choice("state", State);
        Faults = visitor.Choice("faults", Faults);
        Limits = visitor.Choice("limits", Limits);
        ResidualFault = visitor.Choice("residual_fault", ResidualFault);
        Phase = visitor.Choice("phase", Phase);
        Elapsed = visitor.Number("elapsed", "s", Elapsed);
        Duration = visitor.Number("duration", "s", Duration);
        Interval = visitor.Number("interval", "s", Interval);
        Supply = visitor.Number("supply", "V", Supply);
        VisitJoints(ref visitor, "position", "rad", Position);
        VisitJoints(ref visitor, "velocity", "rad/s", Velocity);
        VisitJoints(ref visitor, "disturbance", "N·m", Disturbance);
        VisitJoints(ref visitor, "goal", "rad", Goal);
        VisitJoints(ref visitor, "reference_position", "rad", ReferencePosition);
        VisitJoints(ref visitor, "reference_velocity", "rad/s", ReferenceVelocity);
        VisitJoints(ref visitor, "reference_acceleration", "rad/s²", ReferenceAcceleration);
        VisitJoints(ref visitor, "torque", "N·m", Torque);
        VisitJoints(ref visitor, "residual", "N·m", Residual);
        VisitJoints(ref visitor, "achieved", "N·m", Achieved);
        VisitJoints(ref visitor, "drive", "", Drive);
    }

    private static void VisitJoints<TVisitor>(ref TVisitor visitor, string name, string unit, double[] values)
        where TVisitor : struct, IRecordVisitor, allows ref struct
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = visitor.Number(name, unit, values[i], i);
    }
}
