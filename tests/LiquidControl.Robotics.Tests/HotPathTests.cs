using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>What a control cycle may call: nothing allocated, and a wrong length refused.</summary>
public sealed class HotPathTests
{
    private static readonly RigidBodyModel Model = Arms.Ar4Dc;
    private readonly RigidBodyWorkspace _workspace = new(Model);
    private readonly double[] _q = [0.1, 0.2, -0.3, 0.4, 0.5, -0.6];
    private readonly double[] _qd = [0.3, -0.2, 0.1, 0.5, 0.4, 0.2];
    private readonly double[] _tau = [1, 2, 3, 0.4, 0.5, 0.1];
    private readonly double[] _out = new double[6];
    private readonly double[] _mass = new double[36];
    private readonly Pose[] _poses = new Pose[6];
    private readonly JointLimits[] _limits = [.. Model.Joints.Select(j => new JointLimits(j.LowerLimit, j.UpperLimit, 1, 5, 50, 10))];
    private readonly JointTrajectory _trajectory = new(6);
    private readonly StopTrajectory _stop = new(6);

    [Fact]
    public void Per_cycle_functions_allocate_nothing()
    {
        RunAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++)
        {
            RunAll();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("inverse dynamics")]
    [InlineData("mass matrix")]
    [InlineData("forward dynamics")]
    [InlineData("kinematics")]
    [InlineData("Jacobian")]
    public void A_function_allocates_nothing_on_a_chain_of_any_length(string function)
    {
        foreach (int n in (int[])[1, 2, 5, 9, 13])
        {
            RigidBodyModel model = RandomChains.Draw(new(5), n);
            RigidBodyWorkspace workspace = new(model);
            double[] state = new double[n], result = new double[n * Math.Max(n, 6)];
            Call(function, model, workspace, state, result);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 100; k++)
            {
                Call(function, model, workspace, state, result);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void A_wrong_length_or_another_robots_workspace_is_refused()
    {
        double[] five = new double[5];
        Assert.Throws<ArgumentException>("q", () => ArticulatedBody.ForwardDynamics(Model, _workspace, five, _qd, _tau, _out));
        Assert.Throws<ArgumentException>("diagonal", () => ArticulatedBody.ForwardDynamics(Model, _workspace, _q, _qd, _tau, five, _out));
        Assert.Throws<ArgumentException>("tau", () => RecursiveNewtonEuler.InverseDynamics(Model, _workspace, _q, _qd, _tau, five));
        Assert.Throws<ArgumentException>("mass", () => CompositeRigidBody.MassMatrix(Model, _workspace, _q, five));
        Assert.Throws<ArgumentException>("jacobian", () => GeometricJacobian.Compute(Model, _workspace, _q, five));
        Assert.Throws<ArgumentException>("poses", () => ForwardKinematics.Bodies(Model, _workspace, _q, new Pose[7]));
        Assert.Throws<ArgumentException>("qd", () => _trajectory.Sample(0, _q, five, _out));
        RigidBodyModel small = RandomChains.Draw(new(1), 2);
        string message = Assert.Throws<ArgumentException>(() => ForwardKinematics.Tool(Model, new(small), _q)).Message;
        Assert.StartsWith("'ar4-dc' has 6 joints, the workspace was made for 2.", message, StringComparison.Ordinal);
    }

    private void RunAll()
    {
        RecursiveNewtonEuler.InverseDynamics(Model, _workspace, _q, _qd, _tau, _out);
        CompositeRigidBody.MassMatrix(Model, _workspace, _q, _mass);
        ArticulatedBody.ForwardDynamics(Model, _workspace, _q, _qd, _tau, _out);
        ArticulatedBody.ForwardDynamics(Model, _workspace, _q, _qd, _tau, _qd, _out);
        ArticulatedBody.ForwardDynamicsAgain(Model, _workspace, _tau, _qd, _out);
        ForwardKinematics.Tool(Model, _workspace, _q);
        ForwardKinematics.Bodies(Model, _workspace, _q, _poses);
        GeometricJacobian.Compute(Model, _workspace, _q, _mass);
        _trajectory.Plan(_q, _tau.AsSpan(0, 6), _limits, out _);
        _trajectory.Plan(_q, _qd, _limits, out _);
        _trajectory.Sample(0.1, _out, _out, _out);
        _stop.Plan(_q, _qd, _tau, _limits);
        _stop.Sample(0.1, _out, _out, _out);
    }

    private static void Call(string function, RigidBodyModel model, RigidBodyWorkspace workspace, double[] state, double[] result)
    {
        int n = model.JointCount;
        switch (function)
        {
            case "inverse dynamics":
                RecursiveNewtonEuler.InverseDynamics(model, workspace, state, state, state, result.AsSpan(0, n));
                break;
            case "mass matrix":
                CompositeRigidBody.MassMatrix(model, workspace, state, result.AsSpan(0, n * n));
                break;
            case "forward dynamics":
                ArticulatedBody.ForwardDynamics(model, workspace, state, state, state, result.AsSpan(0, n));
                break;
            case "kinematics":
                ForwardKinematics.Tool(model, workspace, state);
                break;
            default:
                GeometricJacobian.Compute(model, workspace, state, result.AsSpan(0, 6 * n));
                break;
        }
    }
}
