namespace LiquidControl.Robotics;

/// <summary>What a joint may do, in SI units (rad, rad/s, rad/s², rad/s³, N·m).</summary>
public readonly record struct JointLimits(double Lower, double Upper, double Velocity, double Acceleration, double Jerk, double Torque);
