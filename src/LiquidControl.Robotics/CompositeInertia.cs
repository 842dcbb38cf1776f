using System.Runtime.CompilerServices;

namespace LiquidControl.Robotics;

/// <summary>Several bodies as one: mass, mass times centre of mass and angular inertia about the frame's origin.</summary>
internal struct CompositeInertia
{
    public double Mass;
    public Vector3 FirstMoment;
    public SymmetricMatrix3 Inertia;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in ChainBody body)
    {
        Mass += body.Mass;
        FirstMoment += body.FirstMoment;
        Inertia += body.Inertia;
    }

    /// <summary>Momentum at unit rate about z, or along z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AlongAxis(bool isPrismatic, out Vector3 moment, out Vector3 force)
    {
        Vector3 h = FirstMoment;
        force = isPrismatic ? new(0, 0, Mass) : new(-h.Y, h.X, 0);
        moment = isPrismatic ? new(h.Y, -h.X, 0) : new(Inertia.Xz, Inertia.Yz, Inertia.Zz);
    }

    /// <summary>The same bodies seen from the frame in which this one has the given rotation and origin p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveToParent(in JointRotation rotation, in Vector3 p)
    {
        Vector3 h = rotation.ToParent(FirstMoment);
        SymmetricMatrix3 inertia = rotation.ToParent(Inertia);

        // Moving the reference point by p: 2 (p·h) 1 - h pᵀ - p hᵀ + m (|p|² 1 - p pᵀ), and with k = h + m p: p kᵀ is half of both.
        Vector3 k = h + p * Mass;
        double x = p.X * (h.X + k.X), y = p.Y * (h.Y + k.Y), z = p.Z * (h.Z + k.Z);
        Inertia.Xx = inertia.Xx + y + z;
        Inertia.Xy = inertia.Xy - h.X * p.Y - k.Y * p.X;
        Inertia.Xz = inertia.Xz - h.X * p.Z - k.Z * p.X;
        Inertia.Yy = inertia.Yy + x + z;
        Inertia.Yz = inertia.Yz - h.Y * p.Z - k.Z * p.Y;
        Inertia.Zz = inertia.Zz + x + y;
        FirstMoment = k;
    }
}
