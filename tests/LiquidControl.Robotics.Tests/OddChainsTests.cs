using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>One shape of code for every chain: of any length, of either joint, with parallel, opposite and coincident axes.</summary>
public sealed class OddChainsTests
{
    private const double Tolerance = 1e-10;

    public static TheoryData<ulong, int> Lengths => new() { { 61, 1 }, { 62, 2 }, { 63, 3 }, { 64, 4 }, { 65, 6 }, { 66, 9 }, { 67, 13 } };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Inverse_dynamics_agrees_with_Newton_and_Euler_in_the_base_frame(ulong seed, int n)
    {
        RandomStream random = new(seed);
        for (int trial = 0; trial < 300; trial++)
        {
            Hold(RandomChains.Draw(random, n), random, $"seed {seed}, trial {trial}");
        }
    }

    [Theory]
    [InlineData("ar4-dc")]
    [InlineData("ur5e")]
    public void The_arms_agree_with_Newton_and_Euler_in_the_base_frame(string name)
    {
        RandomStream random = new(68);
        for (int trial = 0; trial < 300; trial++)
        {
            Hold(Arms.Read(name), random, $"trial {trial}");
        }
    }

    [Fact]
    public void Sliding_joints_alone_are_a_chain()
    {
        RandomStream random = new(69);
        for (int trial = 0; trial < 300; trial++)
        {
            Hold(With(RandomChains.Draw(random, 4), joint => joint with { Type = JointType.Prismatic }), random, $"trial {trial}");
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 0, -1)]
    [InlineData(1, 0, 0)]
    [InlineData(0, -1, 0)]
    public void Parallel_axes_and_joints_in_one_place_are_a_chain(double x, double y, double z)
    {
        RandomStream random = new(70);
        Vector3 axis = new(x, y, z);
        for (int trial = 0; trial < 100; trial++)
        {
            RigidBodyModel drawn = RandomChains.Draw(random, 5);
            int index = 0;
            RigidBodyModel model = With(drawn, joint => joint with { Axis = index++ % 2 == 0 ? axis : -axis, Placement = Pose.Identity });
            Hold(model, random, $"trial {trial}");
        }
    }

    [Fact]
    public void Axes_that_are_almost_parallel_cost_no_accuracy()
    {
        RandomStream random = new(71);
        for (int exponent = -17; exponent <= -1; exponent++)
        {
            double tilt = double.Parse($"1e{exponent}", System.Globalization.CultureInfo.InvariantCulture);
            Matrix3 rotation = Matrix3.FromAxisAngle(RandomChains.DrawDirection(random), tilt);
            RigidBodyModel drawn = RandomChains.Draw(random, 6);
            Hold(
                With(drawn, joint => joint with { Axis = Vector3.UnitZ, Placement = new(rotation, joint.Placement.Translation) }), random,
                $"tilt {tilt}");
        }
    }

    private static RigidBodyModel With(RigidBodyModel model, Func<Joint, Joint> change) => new(
        model.Name, [.. model.Joints.Select(change)], model.Bodies, model.Tool, model.Armature, model.Gravity);

    private static void Hold(RigidBodyModel model, RandomStream random, string where)
    {
        int n = model.JointCount;
        RigidBodyWorkspace workspace = new(model);
        double[] q = RandomChains.Fill(random, n, 3), qd = RandomChains.Fill(random, n, 3), qdd = RandomChains.Fill(random, n, 20);
        double[] tau = new double[n];
        RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, qdd, tau);
        Expect.Near(PlainNewtonEuler.InverseDynamics(model, q, qd, qdd), tau, Tolerance, where);
    }
}
