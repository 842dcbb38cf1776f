using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// Whether the posture that the encoders tell agrees with the tool's inertial sensor about where down is. An arm whose encoders are exchanged,
/// count the other way or turn with a wrong gear would be driven away by its first cycle; standing still it can be told from here, but for an
/// error that leaves the tool as steep as it was, such as one of a vertical first axis.
/// </summary>
public sealed class PostureCheck(ArmDescription arm)
{
    private readonly RigidBodyWorkspace _workspace = new(arm.Model);

    /// <summary>
    /// The angle between both, rad; null where the arm has no inertial sensor, or it gave nothing, or feels so much more or less than
    /// gravity that the arm cannot stand still.
    /// </summary>
    public double? Disagreement(SensorFrame frame, ReadOnlySpan<double> position)
    {
        // An arm that moves, or a sensor of another range, is no judge.
        const double Tolerance = 0.2;
        if (arm.SpecificForcePerCount is not { } scale || frame.ImuStatus is not (ChannelStatus.Fresh or ChannelStatus.Held))
            return null;
        Vector3 felt = scale * new Vector3(frame.ImuCounts[0], frame.ImuCounts[1], frame.ImuCounts[2]), gravity = arm.Model.Gravity;
        if (Math.Abs(felt.Norm - gravity.Norm) > Tolerance * gravity.Norm)
            return null;
        Vector3 expected = Matrix3.TransposeTimes(ForwardKinematics.Tool(arm.Model, _workspace, position).Rotation, -gravity);
        double cosine = Vector3.Dot(felt, expected) / (felt.Norm * expected.Norm);
        return Elementary.Acos(Math.Clamp(cosine, -1.0, 1.0));
    }
}
