using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Robotics.Tests;

/// <summary>
/// The three algorithms share no formula, so each holds the other two. Errors are relative to the vector's largest entry.
/// </summary>
public sealed class DynamicsAgreementTests
{
    private const double Tolerance = 1e-10;

    public static TheoryData<ulong, int> Chains => new() { { 11, 1 }, { 12, 2 }, { 13, 3 }, { 14, 6 }, { 15, 7 }, { 16, 9 } };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Articulated_body_inverts_recursive_newton_euler(ulong seed, int n)
    {
        RandomStream random = new(seed);
        double[] tau = new double[n], found = new double[n];
        for (int trial = 0; trial < 1000; trial++)
        {
            RigidBodyModel model = RandomChains.Draw(random, n);
            RigidBodyWorkspace workspace = new(model);
            double[] q = RandomChains.Fill(random, n, 3), qd = RandomChains.Fill(random, n, 3), qdd = RandomChains.Fill(random, n, 20);
            RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, qdd, tau);
            ArticulatedBody.ForwardDynamics(model, workspace, q, qd, tau, found);
            Expect.Near(qdd, found, Tolerance, $"seed {seed}, trial {trial}");
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Torque_is_mass_matrix_times_acceleration_plus_the_torque_without_it(ulong seed, int n)
    {
        RandomStream random = new(seed);
        double[] tau = new double[n], bias = new double[n], mass = new double[n * n], expected = new double[n];
        for (int trial = 0; trial < 1000; trial++)
        {
            RigidBodyModel model = RandomChains.Draw(random, n);
            RigidBodyWorkspace workspace = new(model);
            double[] q = RandomChains.Fill(random, n, 3), qd = RandomChains.Fill(random, n, 3), qdd = RandomChains.Fill(random, n, 20);
            RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, qdd, tau);
            RecursiveNewtonEuler.InverseDynamics(model, workspace, q, qd, new double[n], bias);
            CompositeRigidBody.MassMatrix(model, workspace, q, mass);
            for (int i = 0; i < n; i++)
            {
                expected[i] = bias[i];
                for (int j = 0; j < n; j++)
                {
                    expected[i] += mass[i * n + j] * qdd[j];
                    Assert.Equal(mass[i * n + j], mass[j * n + i]);
                }
            }

            Expect.Near(expected, tau, Tolerance, $"seed {seed}, trial {trial}");
        }
    }

    [Fact]
    public void A_diagonal_added_to_forward_dynamics_acts_like_armature()
    {
        RandomStream random = new(21);
        for (int trial = 0; trial < 300; trial++)
        {
            const int N = 6;
            RigidBodyModel model = RandomChains.Draw(random, N);
            RigidBodyWorkspace workspace = new(model);
            double[] q = RandomChains.Fill(random, N, 3), qd = RandomChains.Fill(random, N, 3), tau = RandomChains.Fill(random, N, 10);
            double[] added = [.. RandomChains.Fill(random, N, 0.5).Select(Math.Abs)];
            double[] heavier = [.. model.Armature.Zip(added, (a, b) => a + b)];
            double[] found = new double[N], expected = new double[N];
            ArticulatedBody.ForwardDynamics(model, workspace, q, qd, tau, added, found);
            ArticulatedBody.ForwardDynamics(model.WithArmature(heavier), workspace, q, qd, tau, expected);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Other_torques_at_the_same_state_are_computed_again_to_the_bit()
    {
        RandomStream random = new(22);
        for (int trial = 0; trial < 300; trial++)
        {
            const int N = 7;
            RigidBodyModel model = RandomChains.Draw(random, N);
            RigidBodyWorkspace workspace = new(model), fresh = new(model);
            double[] q = RandomChains.Fill(random, N, 3), qd = RandomChains.Fill(random, N, 3);
            double[] found = new double[N], expected = new double[N];
            ArticulatedBody.ForwardDynamics(model, workspace, q, qd, RandomChains.Fill(random, N, 10), found);
            for (int again = 0; again < 3; again++)
            {
                double[] tau = RandomChains.Fill(random, N, 10), added = [.. RandomChains.Fill(random, N, 0.5).Select(Math.Abs)];
                ArticulatedBody.ForwardDynamicsAgain(model, workspace, tau, added, found);
                ArticulatedBody.ForwardDynamics(model, fresh, q, qd, tau, added, expected);
                Assert.Equal(expected, found);
            }
        }
    }
}
