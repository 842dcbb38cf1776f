using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>Where the bodies and the tool stand, in the base frame.</summary>
public static class ForwardKinematics
{
    /// <summary>Pose of the tool centre point in the base frame.</summary>
    public static Pose Tool(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        double[] sines = workspace.Sines, cosines = workspace.Cosines;
        Elementary.SinCos(q, sines, cosines);
        ChainPose pose = model.ChainBase;
        for (int i = 0; i < chain.Length; i++)
        {
            pose.Advance(in chain[i], q[i], sines[i], cosines[i]);
        }

        return pose.Times(model.ChainTool);
    }

    /// <summary>
    /// Pose of every body's frame (its joint's frame, moved) in the base frame; <paramref name="poses"/> has length JointCount.
    /// </summary>
    public static void Bodies(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<Pose> poses)
    {
        ChainBody[] chain = model.Chain;
        RigidBodyWorkspace.Require(model, workspace, q.Length, chain.Length, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, poses.Length, chain.Length, nameof(poses));
        double[] sines = workspace.Sines, cosines = workspace.Cosines;
        Elementary.SinCos(q, sines, cosines);
        ChainPose pose = model.ChainBase;
        for (int i = 0; i < chain.Length; i++)
        {
            pose.Advance(in chain[i], q[i], sines[i], cosines[i]);
            poses[i] = pose.Times(in chain[i].BodyFrame);
        }
    }
}
