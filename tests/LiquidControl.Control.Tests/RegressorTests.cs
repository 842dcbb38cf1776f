using LiquidControl.Numerics;
using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

/// <summary>The regressor and its least squares against arms whose errors are known.</summary>
public class RegressorTests
{
    private readonly ArmDescription _arm = TestArm.Create();
    private readonly DynamicsRegressor _regressor;

    public RegressorTests() => _regressor = new DynamicsRegressor(_arm);

    [Fact]
    public void An_excited_noiseless_arm_gives_its_parameters_away()
    {
        double[] truth = [0.10, -0.15, 0.08, 0.40, 0.12, -0.05, 0.07, 0.03, -0.04, 0.06];
        RecursiveLeastSquares squares = Squares();
        var stream = new RandomStream(3);
        var rows = new double[3 * _regressor.ParameterCount];
        double[] q = new double[3], qd = new double[3], qdd = new double[3];
        for (int k = 0; k < 400; k++)
        {
            Fill(stream, q, 1.5);
            Fill(stream, qd, 2.0);
            Fill(stream, qdd, 10.0);
            double[] missed = Missed(truth, q, qd, qdd);
            _regressor.Evaluate(q, qd, qdd, rows);
            for (int i = 0; i < 3; i++)
                Assert.True(squares.Update(Row(rows, i), missed[i], 1e-14));
        }

        for (int i = 0; i < truth.Length; i++)
            Assert.Equal(truth[i], squares.Estimate[i], 1e-6);
    }

    [Fact]
    public void The_covariance_stays_symmetric_and_positive_definite_over_1e5_steps()
    {
        RecursiveLeastSquares squares = Squares();
        var stream = new RandomStream(4);
        var rows = new double[3 * _regressor.ParameterCount];
        double[] q = new double[3], qd = new double[3], qdd = new double[3];
        for (int k = 0; k < 100_000; k++)
        {
            // Long stretches in which only one joint tells anything.
            int only = k / 1000 % 4;
            Fill(stream, qd, 2.0);
            for (int i = 0; i < 3 && only < 3; i++)
                qd[i] = i == only ? qd[i] : 0.0;
            _regressor.Evaluate(q, qd, qdd, rows);
            squares.Forget(2e-4);
            for (int i = 0; i < 3; i++)
                squares.Update(Row(rows, i), stream.Uniform(-1.0, 1.0), 1e-10);
            if (k % 10_000 == 9_999)
                RequirePositiveDefinite(squares.Covariance, _regressor.ParameterCount);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e308)]
    public void A_number_that_is_none_leaves_the_estimate_as_it_was_or_at_the_prior(double bad)
    {
        RecursiveLeastSquares squares = Squares();
        var row = new double[_regressor.ParameterCount];
        Array.Fill(row, 0.3);
        Assert.True(squares.Update(row, 0.2, 0.01));
        double learned = squares.Estimate[0];
        Assert.Equal(double.IsFinite(bad), squares.Update(row, bad, 0.01));
        row[2] = bad;
        Assert.False(squares.Update(row, 0.2, 0.01));
        RequirePositiveDefinite(squares.Covariance, _regressor.ParameterCount);
        Assert.True(double.IsFinite(squares.Estimate[0]));
        if (!double.IsFinite(bad))
            Assert.Equal(learned, squares.Estimate[0]);
        squares.Reset();
        Assert.Equal(0.0, squares.Estimate[0]);
    }

    /// <summary>What a model that is wrong by these parameters misses, from the arm's own dynamics and friction.</summary>
    private double[] Missed(double[] parameters, double[] q, double[] qd, double[] qdd)
    {
        var workspace = new RigidBodyWorkspace(_arm.Model);
        RigidBodyModel real = _arm.Model.WithScaledInertia([1.0 + parameters[0], 1.0 + parameters[1], 1.0 + parameters[2]]);
        real = real.WithPayload(
            new BodyInertia(parameters[3], Vector3.Zero, Matrix3.Identity * (4e-4 * parameters[3])).SeenFrom(_arm.Model.Tool));
        var friction = new JointFriction[3];
        for (int i = 0; i < 3; i++)
        {
            friction[i] = _arm.Friction[i] with
            {
                Coulomb = _arm.Friction[i].Coulomb + parameters[4 + i],
                Viscous = _arm.Friction[i].Viscous + parameters[7 + i],
            };
        }

        double[] expected = new double[3], torque = new double[3], expectedFriction = new double[3], realFriction = new double[3];
        RecursiveNewtonEuler.InverseDynamics(_arm.Model, workspace, q, qd, qdd, expected);
        RecursiveNewtonEuler.InverseDynamics(real, workspace, q, qd, qdd, torque);
        FrictionFeedforward.Torque(_arm.Friction, qd, expectedFriction);
        FrictionFeedforward.Torque(friction, qd, realFriction);
        for (int i = 0; i < 3; i++)
            torque[i] += realFriction[i] - expected[i] - expectedFriction[i];
        return torque;
    }

    private RecursiveLeastSquares Squares()
    {
        var variance = new double[_regressor.ParameterCount];
        Array.Fill(variance, 0.1);
        return new RecursiveLeastSquares(variance);
    }

    private ReadOnlySpan<double> Row(double[] rows, int joint) => rows.AsSpan(joint * _regressor.ParameterCount, _regressor.ParameterCount);

    private static void Fill(RandomStream stream, double[] values, double most)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = stream.Uniform(-most, most);
    }

    /// <summary>By Cholesky's factorisation.</summary>
    private static void RequirePositiveDefinite(ReadOnlySpan<double> matrix, int n)
    {
        var factor = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(matrix[i * n + j], matrix[j * n + i]);
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                if (i == j)
                    Assert.True(sum > 0.0, $"pivot {i}: {sum}");
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }
    }
}
