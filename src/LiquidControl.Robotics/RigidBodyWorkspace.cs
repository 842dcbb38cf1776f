using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>
/// Preallocated intermediate results of one robot's per-cycle functions. Not shared between threads; usable with every model of its joint
/// count.
/// </summary>
public sealed class RigidBodyWorkspace
{
    public RigidBodyWorkspace(RigidBodyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Bodies = new BodyState[model.JointCount];
        Sines = new double[model.JointCount];
        Cosines = new double[model.JointCount];
    }

    public int JointCount => Bodies.Length;

    internal BodyState[] Bodies { get; }

    /// <summary>Of the joints' coordinates.</summary>
    internal double[] Sines { get; }

    internal double[] Cosines { get; }

    /// <summary>Checks that the workspace and a span fit the model.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Require(RigidBodyModel model, RigidBodyWorkspace workspace, int length, int expected, string argument)
    {
        if (length != expected || workspace.Bodies.Length != model.Chain.Length)
        {
            ThrowMisfit(model, workspace, length, expected, argument);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowMisfit(RigidBodyModel model, RigidBodyWorkspace workspace, int length, int expected, string argument) =>
        throw new ArgumentException(
            length != expected
                ? $"'{model.Name}' has {model.JointCount} joints: {expected} values expected, {length} given."
                : $"'{model.Name}' has {model.JointCount} joints, the workspace was made for {workspace.JointCount}.",
            argument);
}
