using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>Several bodies as one: mass, mass times centre of mass and angular inertia about the frame's origin.</summary>
internal struct CompositeInertia
{
    public double Mass;
    public LaneVector3 FirstMoment;
    public LaneMatrix3 Inertia;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in ChainBody body)
    {
        Mass += body.Mass;
        FirstMoment += body.FirstMoment;
        Inertia += body.Inertia;
    }

    /// <summary>The same bodies seen from the frame before, in which this one has the given rotation and origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveToParent(in JointRotation rotation, in LaneMatrix3 toParent, LaneVector3 p)
    {
        // Moving the reference point by p adds 2 (p·h) 1 - h pᵀ - p hᵀ + m (|p|² 1 - p pᵀ) = p·(h + k) 1 - h pᵀ - p kᵀ, where k = h + m p.
        LaneVector3 h = toParent * FirstMoment;
        FirstMoment = h + p * Mass;
        Inertia = rotation.ToParentTransposed(in Inertia) + LaneMatrix3.Diagonal(Lanes.Dot(p, h + FirstMoment))
            - (LaneMatrix3.Outer(h, p) + LaneMatrix3.Outer(p, FirstMoment));
    }
}
