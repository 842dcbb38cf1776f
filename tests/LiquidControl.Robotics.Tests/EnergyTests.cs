using Xunit;

namespace LiquidControl.Robotics.Tests;

public sealed class EnergyTests
{
    /// <summary>
    /// ar4-dc let go without friction or torque swings for 10 s; classical Runge-Kutta of fourth order at 1 ms. The drift is relative to
    /// the largest kinetic energy on the way. It shrinks with at least the fourth power of the step, so it is the integrator's, not the
    /// dynamics'.
    /// </summary>
    [Fact]
    public void A_frictionless_swing_keeps_its_energy()
    {
        double coarse = Drift(4e-3, out _), fine = Drift(1e-3, out double kinetic);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"relative energy drift over 10 s: {fine:e2} at 1 ms, {coarse:e2} at 4 ms; peak kinetic energy {kinetic:f2} J");
        Assert.True(kinetic > 1);
        Assert.True(fine < 1e-9, $"drift {fine:e2}");
        Assert.True(coarse / fine > 200, $"drift {coarse:e2} at 4 ms, {fine:e2} at 1 ms");
    }

    private static double Drift(double step, out double peakKinetic)
    {
        RigidBodyModel model = Arms.Ar4Dc.WithArmature([0.075, 0.075, 0.0375, 0.0064, 0.0064, 0.0018]);
        RigidBodyWorkspace workspace = new(model);
        RungeKutta swing = new(model, workspace);
        double[] q = [0.3, 0.2, -0.4, 0.5, 0.6, -0.7], qd = [0.2, 0, 0, 0.1, 0, 0.3];
        double first = Energy(model, workspace, q, qd, out peakKinetic), drift = 0;
        for (int k = 0; k < (int)Math.Round(10 / step); k++)
        {
            swing.Step(q, qd, step);
            if (k % 5 == 0)
            {
                drift = Math.Max(drift, Math.Abs(Energy(model, workspace, q, qd, out double kinetic) - first));
                peakKinetic = Math.Max(peakKinetic, kinetic);
            }
        }

        return drift / peakKinetic;
    }

    private static double Energy(RigidBodyModel model, RigidBodyWorkspace workspace, double[] q, double[] qd, out double kinetic)
    {
        int n = q.Length;
        double[] mass = new double[n * n];
        CompositeRigidBody.MassMatrix(model, workspace, q, mass);
        kinetic = 0;
        for (int i = 0; i < n * n; i++)
        {
            kinetic += 0.5 * qd[i / n] * mass[i] * qd[i % n];
        }

        Pose[] bodies = new Pose[n];
        ForwardKinematics.Bodies(model, workspace, q, bodies);
        double potential = 0;
        for (int i = 0; i < n; i++)
        {
            potential -= model.Bodies[i].Mass * Vector3.Dot(model.Gravity, bodies[i] * model.Bodies[i].CenterOfMass);
        }

        return kinetic + potential;
    }

    private sealed class RungeKutta(RigidBodyModel model, RigidBodyWorkspace workspace)
    {
        private readonly double[] _zero = new double[model.JointCount];
        private readonly double[] _q = new double[model.JointCount];
        private readonly double[] _qd = new double[model.JointCount];
        private readonly double[][] _a = [.. Enumerable.Range(0, 4).Select(_ => new double[model.JointCount])];
        private readonly double[][] _v = [.. Enumerable.Range(0, 4).Select(_ => new double[model.JointCount])];

        public void Step(double[] q, double[] qd, double h)
        {
            double[] lead = [0, 0.5 * h, 0.5 * h, h];
            for (int stage = 0; stage < 4; stage++)
            {
                for (int i = 0; i < q.Length; i++)
                {
                    _q[i] = q[i] + (stage == 0 ? 0 : lead[stage] * _v[stage - 1][i]);
                    _qd[i] = qd[i] + (stage == 0 ? 0 : lead[stage] * _a[stage - 1][i]);
                }

                _qd.CopyTo(_v[stage], 0);
                ArticulatedBody.ForwardDynamics(model, workspace, _q, _qd, _zero, _a[stage]);
            }

            for (int i = 0; i < q.Length; i++)
            {
                q[i] += h / 6 * (_v[0][i] + 2 * _v[1][i] + 2 * _v[2][i] + _v[3][i]);
                qd[i] += h / 6 * (_a[0][i] + 2 * _a[1][i] + 2 * _a[2][i] + _a[3][i]);
            }
        }
    }
}
