using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>The <see cref="JointEffects"/> of all joints within a plant's step: what lies between its drives and its links.</summary>
internal sealed class PlantEffects
{
    private readonly JointEffects[] _effects;
    private readonly FlexibleShaft[] _shafts;
    private readonly CablePull[] _cables;
    private readonly double[] _ripple;

    public PlantEffects(JointEffects[] effects, IReadOnlyList<double> rotorInertia)
    {
        _effects = effects;
        _shafts = new FlexibleShaft[effects.Length];
        _cables = new CablePull[effects.Length];
        _ripple = new double[effects.Length];
        for (int i = 0; i < effects.Length; i++)
        {
            _shafts[i] = new(effects[i], rotorInertia[i]);
            _cables[i] = new(effects[i]);
        }
    }

    public ref readonly FlexibleShaft Shaft(int joint) => ref _shafts[joint];

    /// <summary>The bodies without the rotors that turn on their own.</summary>
    public RigidBodyModel Links(RigidBodyModel model)
    {
        double[] armature = [.. model.Armature];
        for (int i = 0; i < armature.Length; i++)
        {
            if (!_shafts[i].IsRigid) armature[i] = 0;
        }

        return model.WithArmature(armature);
    }

    /// <summary>At rest under the torque that holds the link, N·m. Returns what the drive must deliver for it.</summary>
    public double Hold(int joint, double position, double torque)
    {
        double carried = torque - _cables[joint].Reset(position);
        _shafts[joint].Reset(carried);
        return carried - RippleAt(joint, position + _shafts[joint].Twist);
    }

    public void TurnAt(int joint, double velocity) => _shafts[joint].TurnAt(velocity);

    /// <summary>Starts a step. Returns the rotor's velocity, rad/s.</summary>
    public double Begin(int joint, double position, double velocity)
    {
        ref FlexibleShaft shaft = ref _shafts[joint];
        shaft.Begin(velocity);
        _cables[joint].Begin(position, velocity);
        _ripple[joint] = RippleAt(joint, position + shaft.Twist);
        return shaft.IsRigid ? velocity : shaft.Velocity;
    }

    /// <summary>The torque on the link of shaft and cable, given what friction and drive do to the rotor; 12 pieces.</summary>
    public LinearTorque PieceAt(int joint, in LinearTorque friction, in LinearTorque drive, double velocity, double h, int from)
    {
        LinearTorque cable = _cables[joint].PieceAt(velocity, h, from % 3);
        LinearTorque shaft = _shafts[joint].PieceAt(
            friction.Offset + drive.Offset + _ripple[joint], friction.Damping + drive.Damping, velocity, h, from / 3);
        return new(shaft.Offset + cable.Offset, shaft.Damping + cable.Damping, cable.Piece + 3 * shaft.Piece);
    }

    /// <summary>Ends a step at a velocity of the link.</summary>
    public void Commit(int joint, double velocity, double h)
    {
        _shafts[joint].Commit(velocity, h);
        _cables[joint].Commit(velocity, h);
    }

    public void AddTo(ref StateHash hash)
    {
        for (int i = 0; i < _shafts.Length; i++)
        {
            hash.Add(_shafts[i].Twist);
            hash.Add(_shafts[i].Velocity);
            hash.Add(_cables[i].Deflection);
        }
    }

    private double RippleAt(int joint, double position)
    {
        ref readonly JointEffects effects = ref _effects[joint];
        return effects.Ripple * Elementary.Sin(effects.RipplePerTurn * position + effects.RipplePhase);
    }
}
