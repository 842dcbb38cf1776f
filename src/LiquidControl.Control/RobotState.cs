namespace LiquidControl.Control;

/// <summary>What the estimator believes. Arrays have one entry a joint.</summary>
public sealed class RobotState(int jointCount)
{
    /// <summary>Joint positions now, rad.</summary>
    public double[] Position { get; } = new double[jointCount];

    /// <summary>Joint velocities now, rad/s.</summary>
    public double[] Velocity { get; } = new double[jointCount];

    /// <summary>Acceleration the model does not explain, rad/s².</summary>
    public double[] Disturbance { get; } = new double[jointCount];

    /// <summary>Positions when a torque written now will act (now plus actuation delay and lag), rad.</summary>
    public double[] PositionAtActuation { get; } = new double[jointCount];

    /// <summary>Velocities at that time, rad/s.</summary>
    public double[] VelocityAtActuation { get; } = new double[jointCount];

    /// <summary>Applied torque minus the model's inverse dynamics, both as late as the observer, N·m. Does not depend on who applied it.</summary>
    public double[] DisturbanceTorque { get; } = new double[jointCount];

    /// <summary>Mean torque delivered since the last cycle (after limit, saturation and lag), N·m.</summary>
    public double[] AppliedTorque { get; } = new double[jointCount];

    /// <summary>What the applied torque exceeds that of the measured motor currents by, N·m; 0 where no current was measured.</summary>
    public double[] TorqueShortfall { get; } = new double[jointCount];

    /// <summary>Measured minus predicted position, rad; 0 where no fresh frame came.</summary>
    public double[] Innovation { get; } = new double[jointCount];

    /// <summary>Time since the last accepted frame of each encoder, s.</summary>
    public double[] Age { get; } = new double[jointCount];

    /// <summary>Whether each encoder's frames are being rejected.</summary>
    public bool[] IsRejected { get; } = new bool[jointCount];

    /// <summary>Part of the encoders with a fresh frame in this cycle.</summary>
    public double FreshPart { get; set; }

    /// <summary>Supply voltage, V.</summary>
    public double Supply { get; set; }

    /// <summary>Time since the last cycle, s.</summary>
    public double Interval { get; set; }
}
