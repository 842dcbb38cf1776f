namespace LiquidControl.Robotics;

/// <summary>Where the bodies and the tool stand, in the base frame.</summary>
public static class ForwardKinematics
{
    /// <summary>Pose of the tool centre point in the base frame.</summary>
    public static Pose Tool(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        Pose pose = Pose.Identity;
        Matrix3 rotation = default;
        Vector3 translation = default;
        for (int i = 0; i < chain.Length; i++)
        {
            chain[i].PoseAt(q[i], ref rotation, ref translation);
            pose *= new Pose(rotation, translation);
        }

        return pose * model.ChainTool;
    }

    /// <summary>
    /// Pose of every body's frame (its joint's frame, moved) in the base frame; <paramref name="poses"/> has length JointCount.
    /// </summary>
    public static void Bodies(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<Pose> poses)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, poses.Length, chain.Length, nameof(poses));
        Pose pose = Pose.Identity;
        Matrix3 rotation = default;
        Vector3 translation = default;
        for (int i = 0; i < chain.Length; i++)
        {
            chain[i].PoseAt(q[i], ref rotation, ref translation);
            pose *= new Pose(rotation, translation);
            poses[i] = pose * chain[i].BodyFrame;
        }
    }
}
