using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// The arm that does not know it is simulated: rigid bodies, motors, friction, stops, and what else its joints do if
/// <see cref="PlantParameters.Effects"/> says so: then a flexible joint's rotor moves on its own, and drive and friction act on it. Spans have one entry a joint; SI units.
/// <para>
/// A step is semi-implicit Euler: M(q)·(v⁺ - v)/h = τ(v⁺) - C(q, v)v - g(q), q⁺ = q + h·v⁺. Every torque that falls steeply with velocity
/// (sticking bristles, viscous friction, back-EMF, stops) is a <see cref="LinearTorque"/> in v⁺, and its damping goes into the mass matrix's
/// diagonal. The pieces are found by Newton's method, usually in one or two solves. All such torques fall with velocity, so the equation has
/// one solution and the step is stable at any stiffness.
/// </para>
/// Energy of the frictionless ar4-dc swinging freely for 10 s drifts by 1.2 % of its largest kinetic energy (0.13 of 10.4 J) in steps of 1 ms,
/// by 0.05 % in steps of 0.1 ms (PlantEnergyTests).
/// </summary>
public sealed class Plant
{
    /// <summary>Longest step, s.</summary>
    public const double LongestStep = 1e-3;

    /// <summary>Solves a step may take to settle on its pieces; the last is kept if it did not.</summary>
    private const int MaxSolves = 8;

    private readonly PlantParameters _parameters;
    private RigidBodyModel _model;
    private readonly RigidBodyWorkspace _workspace;
    private readonly BristleFriction[] _friction;
    private readonly JointDrive[] _drives;
    private readonly JointStop[] _stops;
    private readonly PlantEffects? _effects;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _acceleration;
    private readonly double[] _driveTorque;
    private readonly double[] _frictionTorque;
    private readonly double[] _motorCurrent;
    private readonly double[] _drive;
    private readonly double[] _next;
    private readonly double[] _torque;
    private readonly double[] _damping;
    private readonly int[] _piece;
    private readonly double[] _push;
    private readonly double[] _strength;
    private readonly bool[] _isOpen;

    /// <exception cref="ArgumentException">The parameters contradict each other.</exception>
    public Plant(PlantParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        _parameters = parameters;
        _effects = parameters.Effects is { } effects ? new(effects, parameters.Model.Armature) : null;
        _model = _effects?.Links(parameters.Model) ?? parameters.Model;
        _workspace = new(_model);
        int n = _model.JointCount;
        _friction = new BristleFriction[n];
        _drives = new JointDrive[n];
        _stops = new JointStop[n];
        for (int i = 0; i < n; i++)
        {
            _friction[i] = new(parameters.Friction[i], parameters.PreslidingDeflection);
            _stops[i] = new(parameters.LowerStops[i], parameters.UpperStops[i]);
            _drives[i] = parameters.Motors is { } motors ? new(motors[i], parameters.PowerOff[i]) : new(parameters.TorqueLimits[i]);
        }

        _position = new double[n];
        _velocity = new double[n];
        _acceleration = new double[n];
        _driveTorque = new double[n];
        _frictionTorque = new double[n];
        _motorCurrent = new double[n];
        _drive = new double[n];
        _next = new double[n];
        _torque = new double[n];
        _damping = new double[n];
        _piece = new int[n];
        _push = new double[n];
        _strength = new double[n];
        _isOpen = new bool[n];
        Array.Fill(_strength, 1.0);
        SourceVoltage = parameters.SupplyVoltage;
        SupplyVoltage = parameters.SupplyVoltage;
    }

    public PlantParameters Parameters => _parameters;

    public int JointCount => _position.Length;

    /// <summary>Of the links, rad.</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>Of the links, rad/s.</summary>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <summary>Angle of a rotor at the joint, rad; the link's where the joint is rigid.</summary>
    public double RotorPosition(int joint) => _effects is null ? _position[joint] : _position[joint] + _effects.Shaft(joint).Twist;

    /// <summary>rad/s.</summary>
    public double RotorVelocity(int joint) => _effects is null ? _velocity[joint] : _effects.Shaft(joint).Velocity;

    /// <summary>rad/s², mean over the last step.</summary>
    public ReadOnlySpan<double> Acceleration => _acceleration;

    /// <summary>Torque the drives deliver at the joints, N·m.</summary>
    public ReadOnlySpan<double> DriveTorque => _driveTorque;

    /// <summary>Friction torque on the joints, N·m; against the motion (of the rotor, where the joint is flexible).</summary>
    public ReadOnlySpan<double> FrictionTorque => _frictionTorque;

    /// <summary>A.</summary>
    public ReadOnlySpan<double> MotorCurrent => _motorCurrent;

    /// <summary>At the bridges, V: the open-circuit voltage less what the motors' current drops.</summary>
    public double SupplyVoltage { get; private set; }

    /// <summary>Open-circuit voltage of the supply, V; a battery that runs down, or a mains supply that fails.</summary>
    public double SourceVoltage { get; set; }

    /// <summary>False: no bridge drives its motor, whatever the drives say.</summary>
    public bool BridgesEnabled { get; set; } = true;

    /// <summary>Simulated time since Reset, s.</summary>
    public double Time { get; private set; }

    /// <summary>Steps that had not settled on their pieces after the last solve; diagnostic.</summary>
    public long UnsettledSteps { get; private set; }

    /// <summary>At rest at <paramref name="position"/>, the drives delivering the torque that holds the arm, bristles unbent.</summary>
    public void Reset(ReadOnlySpan<double> position)
    {
        position.CopyTo(_position);
        Array.Clear(_velocity);
        Array.Clear(_acceleration);
        Array.Clear(_frictionTorque);
        Time = 0;
        UnsettledSteps = 0;
        SupplyVoltage = SourceVoltage;
        RecursiveNewtonEuler.InverseDynamics(_model, _workspace, _position, _velocity, _acceleration, _torque);
        for (int i = 0; i < _drives.Length; i++)
        {
            _friction[i].Reset();
            if (_effects is not null) _torque[i] = _effects.Hold(i, _position[i], _torque[i]);
            _drives[i].Reset(_torque[i]);
            _driveTorque[i] = _torque[i];
            _motorCurrent[i] = _drives[i].Current;
        }
    }

    /// <summary>The same, moving.</summary>
    public void Reset(ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        Reset(position);
        velocity.CopyTo(_velocity);
        for (int i = 0; i < _velocity.Length; i++)
            _effects?.TurnAt(i, _velocity[i]);
    }

    /// <summary>The drives that keep the delivered torques at standstill.</summary>
    public void HoldingDrive(Span<double> drive)
    {
        for (int i = 0; i < _drives.Length; i++)
            drive[i] = _drives[i].HoldingDrive(_driveTorque[i], SourceVoltage);
    }

    /// <summary>A motor gives this part of the torque its current should from now on: its magnets are worn, its gear slips.</summary>
    public void Weaken(int joint, double part) => _strength[joint] = part;

    /// <summary>A motor's wire is broken from now on, or whole again: no current flows.</summary>
    public void Disconnect(int joint, bool isOpen = true) => _isOpen[joint] = isOpen;

    /// <summary>A motor's current is interrupted, once: its wires are being changed over, say.</summary>
    public void Interrupt(int joint) => _drives[joint].Reset(0.0);

    /// <summary>What acts on a joint's link from outside from now on, N·m: somebody pushes.</summary>
    public void Push(int joint, double torque) => _push[joint] = torque;

    /// <summary>Something stands in a joint's way from now on: it moves between these angles, rad, as hard as its own stops.</summary>
    public void Obstruct(int joint, double lower, double upper) => _stops[joint] = new(lower, upper);

    /// <summary>A joint's way is free again, to its own stops.</summary>
    public void Release(int joint) => _stops[joint] = new(_parameters.LowerStops[joint], _parameters.UpperStops[joint]);

    /// <summary>Other bodies move from now on: the same arm, which picked something up or lost it.</summary>
    public void Carry(RigidBodyModel model) => _model = _effects?.Links(model) ?? model;

    /// <summary>
    /// Moves on under constant drives in [-1, 1]: signed duty of each bridge, or fraction of the torque limit of an ideal torque source.
    /// NaN counts as 0. Steps are equal and at most <see cref="LongestStep"/>.
    /// </summary>
    public void Advance(double seconds, ReadOnlySpan<double> drive)
    {
        if (!(seconds > 0)) return;
        for (int i = 0; i < _drive.Length; i++)
            _drive[i] = double.IsNaN(drive[i]) ? 0 : Math.Clamp(drive[i], -1, 1);

        int steps = Math.Max(1, (int)Math.Ceiling(seconds / LongestStep - 1e-9));
        double h = seconds / steps;
        double decay = _parameters.TorqueLag > 0 ? Elementary.Exp(-h / _parameters.TorqueLag) : 0;
        for (int k = 0; k < steps; k++)
        {
            DropSupply();
            FindEndVelocity(h, decay);
            Commit(h, decay);
        }

        Time += seconds;
    }

    /// <summary>Pose of the tool centre point in the base frame.</summary>
    public Pose Tool => ForwardKinematics.Tool(_model, _workspace, _position);

    /// <summary>Adds every bit of the state.</summary>
    public void AddTo(ref StateHash hash)
    {
        hash.Add(_position);
        hash.Add(_velocity);
        hash.Add(_driveTorque);
        for (int i = 0; i < _friction.Length; i++)
            hash.Add(_friction[i].Deflection);
        _effects?.AddTo(ref hash);
    }

    /// <summary>The bodies that the joints' positions move: rotors that turn on their own are not in their armature.</summary>
    internal RigidBodyModel Links => _model;

    /// <summary>Of a rotor that turns on its own, J.</summary>
    internal double RotorEnergy(int joint) => _effects is null ? 0 : _effects.Shaft(joint).KineticEnergy;

    /// <summary>Of a twisted shaft, J.</summary>
    internal double ShaftEnergy(int joint) => _effects is null ? 0 : _effects.Shaft(joint).ElasticEnergy;

    private void DropSupply()
    {
        double load = 0;
        if (BridgesEnabled)
        {
            for (int i = 0; i < _drive.Length; i++)
                load += _drive[i] * _motorCurrent[i];
        }

        SupplyVoltage = Math.Max(0, SourceVoltage - _parameters.SupplyResistance * load);
    }

    private void FindEndVelocity(double h, double decay)
    {
        for (int i = 0; i < _friction.Length; i++)
            _friction[i].Begin(_effects is null ? _velocity[i] : _effects.Begin(i, _position[i], _velocity[i]));
        _velocity.CopyTo(_next, 0);
        Array.Clear(_piece);

        for (int solve = 0; solve < MaxSolves; solve++)
        {
            bool settled = Linearise(h, decay);
            if (settled && solve > 0) return;
            if (solve == 0)
                ArticulatedBody.ForwardDynamics(_model, _workspace, _position, _velocity, _torque, _damping, _acceleration);
            else
                ArticulatedBody.ForwardDynamicsAgain(_model, _workspace, _torque, _damping, _acceleration);
            for (int i = 0; i < _next.Length; i++)
                _next[i] = _velocity[i] + h * _acceleration[i];
        }

        if (!Linearise(h, decay)) UnsettledSteps++;
    }

    /// <summary>Takes every joint's piece at the latest guess of the end velocity. True when all are the ones taken before.</summary>
    private bool Linearise(double h, double decay)
    {
        bool same = true;
        for (int i = 0; i < _next.Length; i++)
        {
            double velocity = _next[i];
            double rotor = RotorVelocityAt(i, velocity);
            int from = _piece[i];
            LinearTorque friction = _friction[i].PieceAt(rotor, h, from % 3);
            LinearTorque drive = _drives[i].PieceAt(rotor, _drive[i], SupplyVoltage, IsDriven(i), decay, from / 3 % 3);
            drive = new(_strength[i] * drive.Offset, _strength[i] * drive.Damping, drive.Piece);
            LinearTorque stop = _stops[i].PieceAt(_position[i], velocity, h, from / 9 % 3);
            int piece = friction.Piece + 3 * drive.Piece + 9 * stop.Piece;
            double offset = friction.Offset + drive.Offset;
            double damping = friction.Damping + drive.Damping;
            if (_effects is not null)
            {
                LinearTorque link = _effects.PieceAt(i, friction, drive, velocity, h, from / 27);
                offset = link.Offset;
                damping = link.Damping;
                piece += 27 * link.Piece;
            }

            damping += stop.Damping;
            _torque[i] = offset + stop.Offset + _push[i] - damping * _velocity[i];
            _damping[i] = h * damping;
            same &= piece == from;
            _piece[i] = piece;
        }

        return same;
    }

    private void Commit(double h, double decay)
    {
        for (int i = 0; i < _next.Length; i++)
        {
            double velocity = _next[i];
            double rotor = RotorVelocityAt(i, velocity);
            _frictionTorque[i] = _friction[i].PieceAt(rotor, h).At(rotor);
            _friction[i].Commit(rotor, h);
            _effects?.Commit(i, velocity, h);
            _drives[i].Commit(rotor, _drive[i], SupplyVoltage, IsDriven(i), decay);
            _driveTorque[i] = _strength[i] * _drives[i].Torque;
            _motorCurrent[i] = _drives[i].Current;
            _velocity[i] = velocity;
            _position[i] += h * velocity;
        }
    }

    private bool IsDriven(int joint) => BridgesEnabled && !_isOpen[joint];

    /// <summary>The rotor's end velocity that belongs to a link's, rad/s.</summary>
    private double RotorVelocityAt(int joint, double velocity) => _effects is null ? velocity : _effects.Shaft(joint).VelocityAt(velocity);
}
