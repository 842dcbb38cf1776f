namespace LiquidControl.Control;

/// <summary>Torque to drive: the duty that gives it at the measured supply and speed, or the fraction of an ideal torque source.</summary>
public sealed class DriveStage(ArmDescription arm)
{
    /// <summary>A drive is called saturated when it misses its torque by more than this part of the limit.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Signed drive of each joint, [-1, 1].</summary>
    public double[] Drive { get; } = new double[arm.JointCount];

    /// <summary>The torque those drives really give, N·m.</summary>
    public double[] Achieved { get; } = new double[arm.JointCount];

    public LimitFlags Compute(RobotState state, JointCommand command)
    {
        LimitFlags flags = LimitFlags.None;
        for (int i = 0; i < Drive.Length; i++)
        {
            double torque = command.Torque[i];
            double limit = arm.Limits[i].Torque;
            if (arm.Motors is { } motors)
            {
                Drive[i] = motors[i].Duty(torque, state.Supply, state.VelocityAtActuation[i], out Achieved[i]);
            }
            else
            {
                Drive[i] = Math.Clamp(torque / limit, -1.0, 1.0);
                Achieved[i] = Drive[i] * limit;
            }

            if (Math.Abs(Achieved[i] - torque) > Tolerance * limit)
                flags = LimitFlags.DriveSaturated;
        }

        return flags;
    }

    public void Clear()
    {
        Array.Clear(Drive);
        Array.Clear(Achieved);
    }
}
