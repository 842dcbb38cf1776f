using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class GeometryTests
{
    private const double QuarterTurn = Math.PI / 2;

    [Fact]
    public void Roll_pitch_yaw_turns_about_the_fixed_x_then_y_then_z_axis()
    {
        RandomStream random = new(41);
        for (int trial = 0; trial < 200; trial++)
        {
            double roll = random.Uniform(-3, 3), pitch = random.Uniform(-3, 3), yaw = random.Uniform(-3, 3);
            Matrix3 expected = Matrix3.FromAxisAngle(Vector3.UnitZ, yaw) * Matrix3.FromAxisAngle(Vector3.UnitY, pitch)
                * Matrix3.FromAxisAngle(Vector3.UnitX, roll);
            Assert.True(Matrix3.RotationAngle(expected, Matrix3.FromRollPitchYaw(roll, pitch, yaw)) < 1e-14);
        }

        Vector3 turned = Matrix3.FromRollPitchYaw(QuarterTurn, 0, QuarterTurn) * Vector3.UnitY;
        Assert.True((turned - Vector3.UnitZ).Norm < 1e-15, $"{turned}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-12)]
    [InlineData(1e-6)]
    [InlineData(0.3)]
    [InlineData(2.8)]
    [InlineData(3.1)]
    [InlineData(3.1415926)]
    public void Rotation_vector_gives_axis_and_angle_back_over_the_whole_range(double angle)
    {
        RandomStream random = new(42);
        for (int trial = 0; trial < 100; trial++)
        {
            Vector3 axis = RandomChains.DrawDirection(random);
            Vector3 found = Matrix3.RotationVector(Matrix3.FromAxisAngle(axis, angle));
            Assert.True((found - axis * angle).Norm <= 1e-14 * angle, $"{found} for {axis} by {angle}");
        }
    }

    [Fact]
    public void A_pose_times_its_inverse_is_the_identity()
    {
        RandomStream random = new(43);
        for (int trial = 0; trial < 100; trial++)
        {
            Pose pose = RandomChains.DrawPose(random, 2);
            Pose product = pose * pose.Inverse;
            Assert.True(product.Translation.Norm < 1e-15 * 4 && Matrix3.RotationAngle(product.Rotation, Matrix3.Identity) < 1e-15 * 4);
        }
    }

    [Fact]
    public void Joining_two_halves_of_a_rod_gives_the_rod()
    {
        // Thin rod of 2 kg and 1 m along x: m l² / 12 about its middle.
        BodyInertia half = new(1, Vector3.Zero, new Matrix3(0, 0, 0, 0, 1.0 / 48, 0, 0, 0, 1.0 / 48));
        BodyInertia rod = half.SeenFrom(Pose.Identity with { Translation = new(0.25, 0, 0) })
            + half.SeenFrom(Pose.Identity with { Translation = new(0.75, 0, 0) });
        Assert.Equal(2, rod.Mass);
        Assert.Equal(new Vector3(0.5, 0, 0), rod.CenterOfMass);
        Assert.Equal(2.0 / 12, rod.Inertia.M22, 1e-15);
        Assert.Equal(0, rod.Inertia.M11, 1e-15);
    }
}
