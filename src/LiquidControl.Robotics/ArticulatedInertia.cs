using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>
/// The inertia a body seems to have when everything beyond it may move, and the force that keeps it from accelerating:
/// moment = Angular α + Couplingᵀ a + Moment, force = Coupling α + Linear a + Force
/// (Featherstone, Rigid Body Dynamics Algorithms, 2008, sections 7.2 and 7.3).
/// </summary>
internal struct ArticulatedInertia
{
    public LaneMatrix3 Angular;
    public LaneMatrix3 Coupling;
    public LaneMatrix3 Linear;
    public LaneVector3 Moment;
    public LaneVector3 Force;

    /// <summary>Joins a rigid body of this frame, and the force and moment of its rotation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in ChainBody link, in BodyState body)
    {
        Angular += link.Inertia;
        Coupling -= link.FirstMomentCross;
        Linear += LaneMatrix3.Diagonal(link.Mass);
        Moment += body.Moment;
        Force += body.Force;
    }

    /// <summary>
    /// Takes out the direction in which the body's own joint is free, and adds to the force what the joint passes on.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void FreeAxis(in BodyState body)
    {
        LaneVector3 n = body.AxisMoment * body.InverseAxisInertia, f = body.AxisForce * body.InverseAxisInertia;
        Angular -= LaneMatrix3.Outer(body.AxisMoment, n);
        Coupling -= LaneMatrix3.Outer(body.AxisForce, n);
        Linear -= LaneMatrix3.Outer(body.AxisForce, f);
        Moment += Angular * body.AngularBias + Coupling.Transpose * body.LinearBias + n * body.AxisTorque;
        Force += Coupling * body.AngularBias + Linear * body.LinearBias + f * body.AxisTorque;
    }

    /// <summary>The same seen from the frame before the body's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void MoveToParent(in BodyState body)
    {
        JointRotation rotation = body.Rotation;
        LaneVector3 p = body.Translation;
        Linear = rotation.ToParentTransposed(in Linear);
        LaneMatrix3 turned = rotation.ToParentTransposed(in Coupling);
        LaneMatrix3 moved = LaneMatrix3.Cross(in Linear, p);

        // With P = p× and, in the parent's axes, Cᵀ, I and M P: C' = C - M P; I' = I + P C + (P C)ᵀ - P M P = I + E + Eᵀ,
        // where E = (½ (M P)ᵀ - Cᵀ) P.
        Coupling = turned.Transpose - moved;
        LaneMatrix3 e = LaneMatrix3.Cross(moved.Transpose * 0.5 - turned, p);
        Angular = rotation.ToParentTransposed(in Angular) + (e + e.Transpose);
        LaneMatrix3 toParent = rotation.ToParent;
        Force = toParent * Force;
        Moment = toParent * Moment + Lanes.Cross(p, Force);
    }
}
