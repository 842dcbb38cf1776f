using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class InverseKinematicsTests
{
    [Theory]
    [InlineData("ar4-dc", false, 999)]
    [InlineData("ar4-dc", true, 1000)]
    [InlineData("ur5e", false, 999)]
    [InlineData("ur5e", true, 1000)]
    public void A_thousand_random_reachable_poses_are_found_within_the_limits(string arm, bool positionOnly, int atLeast)
    {
        const ulong Seed = 81;
        RandomStream random = new(Seed);
        RigidBodyModel model = Arms.Read(arm);
        RigidBodyWorkspace workspace = new(model);
        JointLimits[] limits = Limits(model);
        IkOptions options = new() { PositionOnly = positionOnly };
        double[] q = new double[6];
        int found = 0, iterations = 0, mostRestarts = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            Pose target = ForwardKinematics.Tool(model, workspace, Draw(random, limits));
            IkResult result = InverseKinematics.Solve(model, target, Draw(random, limits), limits, options, q);
            iterations += result.Iterations;
            mostRestarts = Math.Max(mostRestarts, result.Restarts);
            if (result.Status != IkStatus.Reached)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}, trial {trial}: {result}");
                continue;
            }

            found++;
            Pose tool = ForwardKinematics.Tool(model, workspace, q);
            Assert.True((tool.Translation - target.Translation).Norm <= 1e-9, $"seed {Seed}, trial {trial}: {result}");
            Assert.True(positionOnly || Matrix3.RotationAngle(tool.Rotation, target.Rotation) <= 1e-8, $"seed {Seed}, trial {trial}: {result}");
            for (int i = 0; i < 6; i++)
            {
                Assert.InRange(q[i], limits[i].Lower, limits[i].Upper);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{arm}: {found} of 1000, {iterations / 1000} steps a pose, at most {mostRestarts} restarts");
        Assert.True(found >= atLeast, $"{found} of 1000 found");
    }

    [Fact]
    public void A_pose_near_the_seed_is_solved_by_the_posture_near_the_seed()
    {
        RandomStream random = new(82);
        RigidBodyModel model = Arms.Ur5e;
        RigidBodyWorkspace workspace = new(model);
        JointLimits[] limits = Limits(model);
        double[] q = new double[6];
        int near = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double[] seed = [.. RandomChains.Fill(random, 6, 2.5)];
            double[] goal = [.. seed.Select(x => x + random.Uniform(-0.05, 0.05))];
            InverseKinematics.Solve(model, ForwardKinematics.Tool(model, workspace, goal), seed, limits, IkOptions.Default, q);
            near += q.Zip(seed, (a, b) => Math.Abs(a - b)).Max() < 0.3 ? 1 : 0;
        }

        // Near a singularity another branch may be as close.
        Assert.True(near >= 195, $"{near} of 200");
    }

    [Fact]
    public void The_same_call_gives_the_same_bits()
    {
        double[] first = new double[6], second = new double[6];
        RandomStream random = new(83);
        JointLimits[] limits = Limits(Arms.Ar4Dc);
        Pose target = ForwardKinematics.Tool(Arms.Ar4Dc, new(Arms.Ar4Dc), Draw(random, limits));
        IkResult a = InverseKinematics.Solve(Arms.Ar4Dc, target, new double[6], limits, IkOptions.Default, first);
        IkResult b = InverseKinematics.Solve(Arms.Ar4Dc, target, new double[6], limits, IkOptions.Default, second);
        Assert.Equal(first, second);
        Assert.Equal(a, b);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_target_too_far_away_says_by_how_much_and_what_comes_closest(bool positionOnly)
    {
        // Straight out in front, level with the shoulder: stretched, the tool would get to 0.66309 m from the axis; joint 3 stops a degree
        // short.
        RigidBodyModel model = Arms.Ar4Dc;
        RigidBodyWorkspace workspace = new(model);
        JointLimits[] limits = Limits(model);
        Pose target = new(Matrix3.FromRollPitchYaw(0.3, 0.2, 0.1), new Vector3(0, -0.9, 0.16978));
        double[] q = new double[6];
        IkResult result = InverseKinematics.Solve(model, target, new double[6], limits, new IkOptions { PositionOnly = positionOnly }, q);
        Assert.Equal(IkStatus.OutOfReach, result.Status);
        Assert.InRange(result.PositionError, 0.9 - 0.66309, 0.9 - 0.66309 + 2.5e-5);
        Assert.Equal(ForwardKinematics.Tool(model, workspace, q), result.Tool);

        RandomStream random = new(84);
        for (int trial = 0; trial < 10_000; trial++)
        {
            double size = random.NextDouble() * 0.1;
            double[] other = [.. q.Select((x, i) => Math.Clamp(x + random.Uniform(-size, size), limits[i].Lower, limits[i].Upper))];
            double error = (target.Translation - ForwardKinematics.Tool(model, workspace, other).Translation).Norm;
            Assert.True(error > result.PositionError - 1e-9, $"{error} is closer than {result.PositionError}");
        }
    }

    [Fact]
    public void A_target_behind_a_limit_names_the_joint()
    {
        RigidBodyModel model = Arms.Ar4Dc;
        JointLimits[] limits = Limits(model);
        double[] beyond = [2.9, 0.4, -0.3, 0.2, 0.5, 0.1], q = new double[6];
        Pose target = ForwardKinematics.Tool(model, new(model), beyond);
        limits[0] = limits[0] with { Lower = -0.1, Upper = 0.1 };
        IkResult result = InverseKinematics.Solve(model, target, new double[6], limits, IkOptions.Default, q);
        Assert.Equal(IkStatus.JointLimit, result.Status);
        Assert.Equal(0, result.Joint);
        Assert.InRange(q[0], -0.1, 0.1);
        Assert.True(result.PositionError > 0.01);
    }

    [Fact]
    public void A_target_that_is_not_a_number_is_refused()
    {
        double[] q = new double[6], seed = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        JointLimits[] limits = Limits(Arms.Ar4Dc);
        Pose nowhere = Pose.Identity with { Translation = new Vector3(double.NaN, 0, 0) };
        Assert.Equal(IkStatus.NotFinite, InverseKinematics.Solve(Arms.Ar4Dc, nowhere, seed, limits, IkOptions.Default, q).Status);
        Assert.Equal(seed, q);
        seed[3] = double.PositiveInfinity;
        Assert.Equal(IkStatus.NotFinite, InverseKinematics.Solve(Arms.Ar4Dc, Pose.Identity, seed, limits, IkOptions.Default, q).Status);
    }

    private static JointLimits[] Limits(RigidBodyModel model) =>
        [.. model.Joints.Select(j => new JointLimits(j.LowerLimit, j.UpperLimit, 1, 1, 1, 1))];

    private static double[] Draw(RandomStream random, JointLimits[] limits) => [.. limits.Select(l => random.Uniform(l.Lower, l.Upper))];
}
