using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>The check values that MuJoCo gave on this description, and the figures of the arm itself.</summary>
public sealed class Ar4DcTests
{
    private static readonly RigidBodyModel Frame6 = Arms.Ar4Dc.WithTool(Pose.Identity);

    [Fact]
    public void At_zero_frame_6_stands_where_the_arm_points_forward()
    {
        Vector3 at = ForwardKinematics.Tool(Frame6, new(Frame6), new double[6]).Translation;
        Assert.Equal(0, at.X, 5e-4);
        Assert.Equal(-0.328, at.Y, 5e-4);
        Assert.Equal(0.475, at.Z, 5e-4);
    }

    [Fact]
    public void The_tool_centre_point_is_30_mm_beyond_frame_6_along_its_axis()
    {
        Assert.Equal(new Pose(Matrix3.Identity, new Vector3(0, 0, 0.03)), Arms.Ar4Dc.Tool);
    }

    [Fact]
    public void Frame_6_reaches_632_mm_from_the_shoulder()
    {
        // The shoulder is the point of joint 1's axis at joint 2's height. A random search comes to within a few millimetres of the
        // stretched arm's 0.633 m (0.06415 + 0.305 + 0.22294 + 0.041), as the published figure's did.
        Vector3 shoulder = new(0, 0, 0.092 + 0.07778);
        RandomStream random = new(71);
        RigidBodyWorkspace workspace = new(Frame6);
        double reach = 0;
        double[] q = new double[6];
        for (int trial = 0; trial < 200_000; trial++)
        {
            for (int i = 1; i < 5; i++)
            {
                q[i] = random.Uniform(Frame6.Joints[i].LowerLimit, Frame6.Joints[i].UpperLimit);
            }

            reach = Math.Max(reach, (ForwardKinematics.Tool(Frame6, workspace, q).Translation - shoulder).Norm);
        }

        Assert.InRange(reach, 0.6305, 0.6331);
    }

    [Fact]
    public void Largest_gravity_torques_with_half_a_kilogram_are_the_published_ones()
    {
        RigidBodyModel loaded = Arms.Ar4Dc.WithPayload(BodyInertia.PointMass(0.5, new Vector3(0, 0, 0.03)));
        RigidBodyWorkspace workspace = new(loaded);
        RandomStream random = new(72);
        double[] q = new double[6], still = new double[6], tau = new double[6], largest = new double[6];
        for (int trial = 0; trial < 2_000; trial++)
        {
            for (int i = 0; i < 6; i++)
            {
                q[i] = random.Uniform(loaded.Joints[i].LowerLimit, loaded.Joints[i].UpperLimit);
            }

            RecursiveNewtonEuler.InverseDynamics(loaded, workspace, q, still, still, tau);
            for (int i = 0; i < 6; i++)
            {
                largest[i] = Math.Max(largest[i], Math.Abs(tau[i]));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" ", largest));
        double[] published = [0, 8.9, 2.6, 0.38, 0.38, 0], rounding = [1e-9, 0.1, 0.05, 0.01, 0.01, 1e-3];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(published[i], largest[i], rounding[i]);
        }
    }

    [Fact]
    public void Principal_frames_carry_the_published_tensors()
    {
        // Link 2 without its cargo, motor 3: the published tensor about the published centre of mass.
        BodyInertia published = new(
            0.57738, new Vector3(0.064818, -0.11189, -0.038671),
            new Matrix3(0.0047312, 0.0022624, 0.00032144, 0.0022624, 0.0020836, -0.00056569, 0.00032144, -0.00056569, 0.0056129));
        BodyInertia motor = new BodyInertia(0.33, Vector3.Zero, new Matrix3(1.257e-4, 0, 0, 0, 1.257e-4, 0, 0, 0, 5.346e-5))
            .SeenFrom(new Pose(Matrix3.Identity, new Vector3(0, -0.305, 0)));
        BodyInertia expected = published + motor, found = Arms.Ar4Dc.Bodies[1];
        Assert.True((expected.CenterOfMass - found.CenterOfMass).Norm < 1e-15);
        Matrix3 difference = expected.Inertia - found.Inertia;
        Assert.True(Math.Max(difference.Column1.Norm, Math.Max(difference.Column2.Norm, difference.Column3.Norm)) < 1e-15, $"{difference}");
    }

    [Fact]
    public void Motors_are_part_of_the_body_that_carries_them()
    {
        double[] expected = [0.88065 + 0.48, 0.57738 + 0.33, 0.1787 + 0.16, 0.34936 + 0.16, 0.11562 + 0.10, 0.013863];
        Assert.Equal(expected, Arms.Ar4Dc.Bodies.Select(body => body.Mass));
    }
}
