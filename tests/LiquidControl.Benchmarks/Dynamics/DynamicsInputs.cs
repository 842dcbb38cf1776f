using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>An arm of hardware/arms and the states it is computed in, the same for everyone.</summary>
internal sealed class DynamicsInputs
{
    /// <summary>States that the calls go through in turn.</summary>
    public const int Count = 64;

    private const ulong Seed = 7;

    /// <summary>kg·m²; that of the motors is not in the description, and what it is does not matter to the time.</summary>
    private const double Armature = 0.1;

    private DynamicsInputs(string name, RigidBodyModel model)
    {
        Name = name;
        Model = model;
        RandomStream random = new(Seed);
        Position = Draw(random, 3);
        Velocity = Draw(random, 2);
        Third = Draw(random, 10);
    }

    public static IReadOnlyList<DynamicsInputs> All { get; } = [Read("ar4-dc"), Read("ur5e")];

    public string Name { get; }

    public RigidBodyModel Model { get; }

    /// <summary>rad, [state, joint].</summary>
    public double[] Position { get; }

    /// <summary>rad/s.</summary>
    public double[] Velocity { get; }

    /// <summary>rad/s² for inverse dynamics, N·m for forward dynamics.</summary>
    public double[] Third { get; }

    private static DynamicsInputs Read(string name)
    {
        RigidBodyModel model = Urdf.Read(Path.Combine(AppContext.BaseDirectory, "arms", $"{name}.urdf"));
        double[] armature = new double[model.JointCount];
        Array.Fill(armature, Armature);
        return new(name, model.WithArmature(armature));
    }

    private double[] Draw(RandomStream random, double size)
    {
        double[] values = new double[Count * Model.JointCount];
        for (int i = 0; i < values.Length; i++) values[i] = random.Uniform(-size, size);
        return values;
    }
}
