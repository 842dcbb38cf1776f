using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>The linear map from joint rates to the tool's velocity.</summary>
public static class GeometricJacobian
{
    /// <summary>Row-major 6 x JointCount at the tool centre point: rows 0-2 linear, 3-5 angular, base frame.</summary>
    public static void Compute(RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<double> jacobian) =>
        Compute(model, workspace, q, jacobian, out _);

    /// <summary>The same, with the tool's pose that comes along.</summary>
    public static void Compute(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, Span<double> jacobian, out Pose tool)
    {
        ChainBody[] chain = model.Chain;
        int n = chain.Length;
        RigidBodyWorkspace.Require(model, workspace, q.Length, n, nameof(q));
        RigidBodyWorkspace.Require(model, workspace, jacobian.Length, 6 * n, nameof(jacobian));
        BodyState[] bodies = workspace.Bodies;
        double[] sines = workspace.Sines, cosines = workspace.Cosines;
        Elementary.SinCos(q, sines, cosines);
        ChainPose pose = model.ChainBase;
        for (int i = 0; i < n; i++)
        {
            pose.Advance(in chain[i], q[i], sines[i], cosines[i]);
            bodies[i].Axis = pose.Z;
            bodies[i].Origin = pose.Origin;
        }

        tool = pose.Times(model.ChainTool);
        LaneVector3 reach = Lanes.Of(tool.Translation);
        for (int i = 0; i < n; i++)
        {
            LaneVector3 axis = bodies[i].Axis;
            LaneVector3 linear = chain[i].IsPrismatic ? axis : Lanes.Cross(axis, reach - bodies[i].Origin);
            LaneVector3 angular = chain[i].IsPrismatic ? LaneVector3.Zero : axis;
            jacobian[i] = linear.X;
            jacobian[n + i] = linear.Y;
            jacobian[2 * n + i] = linear.Z;
            jacobian[3 * n + i] = angular.X;
            jacobian[4 * n + i] = angular.Y;
            jacobian[5 * n + i] = angular.Z;
        }
    }
}
