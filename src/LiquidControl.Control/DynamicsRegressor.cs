using LiquidControl.Robotics;

namespace LiquidControl.Control;

/// <summary>
/// Torque that a wrong model misses, as a linear function of what is wrong with it. 3n + 1 parameters for n joints, in this order: relative
/// error of each link's mass and inertia; mass at the tool, kg; Coulomb friction error of each joint, N·m; viscous friction error of each
/// joint, N·m·s/rad. Source: Atkeson, An, Hollerbach, "Estimation of Inertial Parameters of Manipulator Loads and Links", 1986.
/// </summary>
public sealed class DynamicsRegressor
{
    /// <summary>Inertia of the mass at the tool about its own centre, each axis, m² (kg·m² a kg): a body some 5 cm across.</summary>
    private const double PayloadInertia = 4e-4;

    private readonly RigidBodyModel[] _parts;
    private readonly RigidBodyWorkspace _workspace;
    private readonly JointFriction[] _unitCoulomb;
    private readonly double[] _direction;
    private readonly double[] _column;

    public DynamicsRegressor(ArmDescription arm)
    {
        JointCount = arm.JointCount;
        ParameterCount = 3 * JointCount + 1;
        _parts = Parts(arm.Model);
        _workspace = new RigidBodyWorkspace(arm.Model);
        _unitCoulomb = [.. arm.Friction.Select(friction => friction with { Coulomb = 1.0, Viscous = 0.0 })];
        _direction = new double[JointCount];
        _column = new double[JointCount];
    }

    public int JointCount { get; }

    public int ParameterCount { get; }

    /// <summary>The parameters' names, in their order.</summary>
    public static string[] Names(int n) =>
        [.. Joints("link_mass_error", n), "payload", .. Joints("coulomb_error", n), .. Joints("viscous_error", n)];

    public static string[] Units(int n) =>
        [.. Enumerable.Repeat("1", n), "kg", .. Enumerable.Repeat("N·m", n), .. Enumerable.Repeat("N·m·s/rad", n)];

    /// <summary>Place of the mass at the tool among the parameters.</summary>
    public int Payload => JointCount;

    /// <summary>Place of a joint's Coulomb friction error among the parameters.</summary>
    public int Coulomb(int joint) => JointCount + 1 + joint;

    /// <summary>Place of a joint's viscous friction error among the parameters.</summary>
    public int Viscous(int joint) => 2 * JointCount + 1 + joint;

    /// <summary>
    /// The feed-forward's sliding friction for a Coulomb friction of 1 N·m: the direction of motion, faded at rest, with Stribeck's curve.
    /// </summary>
    public void SlidingDirection(ReadOnlySpan<double> velocity, Span<double> direction) =>
        FrictionFeedforward.Torque(_unitCoulomb, velocity, direction);

    /// <summary>
    /// Fills <paramref name="rows"/>, one row of <see cref="ParameterCount"/> a joint, for a motion (rad, rad/s, rad/s²) with the sliding
    /// friction's direction given.
    /// </summary>
    public void Evaluate(
        ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, ReadOnlySpan<double> direction, Span<double> rows)
    {
        rows.Clear();
        for (int k = 0; k < _parts.Length; k++)
        {
            RecursiveNewtonEuler.InverseDynamics(_parts[k], _workspace, q, qd, qdd, _column);
            for (int i = 0; i < _column.Length; i++)
                rows[i * ParameterCount + k] = _column[i];
        }

        for (int i = 0; i < _column.Length; i++)
        {
            rows[i * ParameterCount + Coulomb(i)] = direction[i];
            rows[i * ParameterCount + Viscous(i)] = qd[i];
        }
    }

    /// <summary>The same along a reference, whose velocity gives the direction.</summary>
    public void Evaluate(ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> qdd, Span<double> rows)
    {
        SlidingDirection(qd, _direction);
        Evaluate(q, qd, qdd, _direction, rows);
    }

    /// <summary>The chain with one massive body each: the links, then a unit mass at the tool. Torque is linear in the bodies.</summary>
    private static RigidBodyModel[] Parts(RigidBodyModel model)
    {
        int n = model.JointCount;
        RigidBodyModel bare = model.WithArmature(new double[n]);
        var parts = new RigidBodyModel[n + 1];
        for (int i = 0; i <= n; i++)
        {
            var scale = new double[n];
            if (i < n)
                scale[i] = 1.0;
            parts[i] = bare.WithScaledInertia(scale);
        }

        var payload = new BodyInertia(1.0, Vector3.Zero, Matrix3.Identity * PayloadInertia);
        parts[n] = parts[n].WithPayload(payload.SeenFrom(model.Tool));
        return parts;
    }

    private static IEnumerable<string> Joints(string name, int n) => Enumerable.Range(1, n).Select(i => $"{name}_{i}");
}
