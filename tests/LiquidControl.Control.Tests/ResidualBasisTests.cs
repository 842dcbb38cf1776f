using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Control.Tests;

public class ResidualBasisTests
{
    private readonly ArmDescription _arm = TestArm.Create();
    private readonly ResidualBasis _basis;
    private readonly double[] _values;

    public ResidualBasisTests()
    {
        _basis = new ResidualBasis(_arm);
        _values = new double[_basis.Entries.Count];
    }

    [Fact]
    public void Once_the_joints_slide_the_torque_is_what_the_wrong_model_misses()
    {
        JointReference reference = Moving();
        double[] outputs = [0.1, -0.2, 0.05, 0.4, 0.06, -0.04, 0.02, 0.03, -0.01, 0.05, 0.7, -0.3, 0.2];
        Settle(reference);
        var torque = new double[3];
        _basis.Torque(_values, outputs, torque);

        var workspace = new RigidBodyWorkspace(_arm.Model);
        RigidBodyModel real = _arm.Model.WithScaledInertia([1.1, 0.8, 1.05])
            .WithPayload(new BodyInertia(0.4, Vector3.Zero, Matrix3.Identity * (4e-4 * 0.4)).SeenFrom(_arm.Model.Tool));
        double[] expected = new double[3], truth = new double[3];
        RecursiveNewtonEuler.InverseDynamics(_arm.Model, workspace, reference.Position, reference.Velocity, reference.Acceleration, expected);
        RecursiveNewtonEuler.InverseDynamics(real, workspace, reference.Position, reference.Velocity, reference.Acceleration, truth);
        for (int i = 0; i < 3; i++)
        {
            double v = reference.Velocity[i];
            double sliding = (_arm.Friction[i] with { Coulomb = 1.0 }).SlidingForce(v) * Math.Sign(v);
            Assert.Equal(truth[i] - expected[i] + outputs[4 + i] * sliding + outputs[7 + i] * v + outputs[10 + i], torque[i] - _basis.Offset[i], 1e-9);
        }
    }

    [Fact]
    public void Where_the_joints_slide_the_feed_forward_needs_no_correction_and_where_they_begin_to_it_does()
    {
        JointReference slow = Moving(), fast = Moving();
        Array.Fill(slow.Velocity, 0.02);
        RequireCorrection(slow);
        Settle(fast);
        Assert.All(_basis.Offset.ToArray(), offset => Assert.Equal(0.0, offset, 1e-9));
        _basis.Reset();
        RequireCorrection(slow);
    }

    [Fact]
    public void Outputs_are_named_measured_and_scaled_one_each()
    {
        Assert.Equal(13, _basis.OutputCount);
        Assert.Equal(_basis.OutputCount, _basis.Names.Distinct().Count());
        Assert.Equal(_basis.OutputCount, _basis.Units.Length);
        Assert.All(_basis.Scales, scale => Assert.True(scale > 0.0));
        Assert.Equal("payload", _basis.Names[3]);
        Assert.Equal("kg", _basis.Units[3]);
    }

    [Fact]
    public void A_joint_without_friction_has_a_unit_for_it_too()
    {
        var basis = new ResidualBasis(_arm with { Friction = [default, _arm.Friction[1], _arm.Friction[2]] });
        Assert.All(basis.Scales, scale => Assert.True(scale > 0.0));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        JointReference reference = Moving();
        var torque = new double[3];
        var outputs = new double[13];
        double[] rows = Rows(reference);
        _basis.Evaluate(rows, reference.Velocity, 0.002, _values);
        _basis.Torque(_values, outputs, torque);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++)
        {
            _basis.Evaluate(rows, reference.Velocity, 0.002, _values);
            _basis.Torque(_values, outputs, torque);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>The bristles have hardly bent where the feed-forward's friction is already there.</summary>
    private void RequireCorrection(JointReference slow)
    {
        _basis.Evaluate(Rows(slow), slow.Velocity, 1e-3, _values);
        for (int i = 0; i < 3; i++)
            Assert.InRange(_basis.Offset[i], -1.1 * _arm.Friction[i].Coulomb, -0.3 * _arm.Friction[i].Coulomb);
    }

    private void Settle(JointReference reference)
    {
        for (int k = 0; k < 200; k++)
            _basis.Evaluate(Rows(reference), reference.Velocity, 0.002, _values);
    }

    private double[] Rows(JointReference reference)
    {
        var regressor = new DynamicsRegressor(_arm);
        var rows = new double[3 * regressor.ParameterCount];
        regressor.Evaluate(reference.Position, reference.Velocity, reference.Acceleration, rows);
        return rows;
    }

    private static JointReference Moving()
    {
        var reference = new JointReference(3);
        ((double[])[0.3, -0.5, 0.8]).CopyTo(reference.Position, 0);
        ((double[])[0.6, -0.9, 1.2]).CopyTo(reference.Velocity, 0);
        ((double[])[2.0, -3.0, 1.0]).CopyTo(reference.Acceleration, 0);
        return reference;
    }
}
