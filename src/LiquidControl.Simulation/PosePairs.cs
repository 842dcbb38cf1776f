using LiquidControl.Control;
using LiquidControl.Numerics;
using LiquidControl.Robotics;

namespace LiquidControl.Simulation;

/// <summary>
/// Draws moves from A to B for an evaluation: both inside the joint limits less a margin, each joint steps by up to
/// <see cref="LargestStep"/>, tool centre points at least <see cref="SmallestDistance"/> apart. A move counts as free of collision when, on
/// <see cref="Samples"/> postures along the straight line in joint space, these points stay <see cref="TableClearance"/> above the table
/// (z = 0 of the base frame) and out of the base column: the frames of joint 4 on, the tool centre point and the middles between
/// neighbours; the elbow (joint 3) the table only. The tool stays well inside the arm's workspace box. Links have no thickness here and do not
/// meet each other: this keeps an evaluation sane, it is no collision checker.
/// </summary>
public sealed class PosePairs
{
    /// <summary>m.</summary>
    public const double SmallestDistance = 0.15;

    /// <summary>rad.</summary>
    public const double LargestStep = 1.2;

    /// <summary>m.</summary>
    public const double TableClearance = 0.05;

    /// <summary>The tool stays this far inside the workspace box, m: an arm that sags at its edge is stopped, and rightly so.</summary>
    public const double WorkspaceMargin = 0.03;

    /// <summary>The column's radius over the arm's reach.</summary>
    public const double ColumnRadiusPerReach = 0.15;

    /// <summary>rad.</summary>
    private const double LimitMargin = 0.1;

    /// <summary>Joints turn at most this far from the middle of their limits, rad: no pair needs a second turn.</summary>
    private const double LargestTurn = 2.5;

    private const int Samples = 17;
    private const int MostTrials = 100_000;

    private readonly ArmDescription _arm;
    private readonly RandomStream _stream;
    private readonly RigidBodyWorkspace _workspace;
    private readonly WorkspaceBox _toolBox;
    private readonly Pose[] _frames;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[] _posture;
    private readonly double _columnRadius;
    private readonly double _columnHeight;

    public PosePairs(ArmDescription arm, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(stream);
        _arm = arm;
        _stream = stream;
        RigidBodyModel model = arm.Model;
        int n = arm.JointCount;
        _workspace = new(model);
        Vector3 margin = new(WorkspaceMargin, WorkspaceMargin, WorkspaceMargin);
        _toolBox = new(arm.Workspace.Min + margin, arm.Workspace.Max - margin);
        _frames = new Pose[n];
        _posture = new double[n];
        _low = new double[n];
        _high = new double[n];
        double reach = model.Tool.Translation.Norm;
        for (int i = 0; i < n; i++)
        {
            double middle = 0.5 * (arm.Limits[i].Lower + arm.Limits[i].Upper);
            _low[i] = Math.Max(arm.Limits[i].Lower + LimitMargin, middle - LargestTurn);
            _high[i] = Math.Min(arm.Limits[i].Upper - LimitMargin, middle + LargestTurn);
            if (i >= 2) reach += model.Joints[i].Placement.Translation.Norm;
        }

        _columnRadius = ColumnRadiusPerReach * reach;
        ForwardKinematics.Bodies(model, _workspace, _posture, _frames);
        _columnHeight = _frames[Math.Min(1, n - 1)].Translation.Z + _columnRadius;
    }

    /// <summary>The next pair.</summary>
    /// <exception cref="InvalidOperationException">The arm's limits and workspace leave hardly any move.</exception>
    public PosePair Next()
    {
        int n = _low.Length;
        double[] start = new double[n];
        double[] goal = new double[n];
        for (int trial = 0; trial < MostTrials; trial++)
        {
            for (int i = 0; i < n; i++)
            {
                start[i] = _stream.Uniform(_low[i], _high[i]);
                goal[i] = Math.Clamp(start[i] + _stream.Uniform(-LargestStep, LargestStep), _low[i], _high[i]);
            }

            if (IsValid(start, goal)) return new(start, goal);
        }

        throw new InvalidOperationException($"Arm '{_arm.Name}': none of {MostTrials} random moves is free; check limits and workspace box.");
    }

    /// <summary>True when the straight joint path from start to goal passes the tests above.</summary>
    public bool IsValid(ReadOnlySpan<double> start, ReadOnlySpan<double> goal)
    {
        if ((ToolAt(start) - ToolAt(goal)).Norm < SmallestDistance) return false;
        for (int k = 0; k < Samples; k++)
        {
            double s = (double)k / (Samples - 1);
            for (int i = 0; i < _posture.Length; i++)
                _posture[i] = start[i] + s * (goal[i] - start[i]);
            if (!IsFree(_posture)) return false;
        }

        return true;
    }

    private Vector3 ToolAt(ReadOnlySpan<double> q) => ForwardKinematics.Tool(_arm.Model, _workspace, q).Translation;

    private bool IsFree(ReadOnlySpan<double> q)
    {
        ForwardKinematics.Bodies(_arm.Model, _workspace, q, _frames);
        Vector3 tool = _frames[^1] * _arm.Model.Tool.Translation;
        if (!_toolBox.Contains(tool)) return false;
        for (int i = 2; i < _frames.Length; i++)
        {
            Vector3 point = _frames[i].Translation;
            Vector3 next = i + 1 < _frames.Length ? _frames[i + 1].Translation : tool;
            if (point.Z < TableClearance || (i > 2 && InColumn(point)) || InColumn((point + next) * 0.5)) return false;
        }

        return tool.Z >= TableClearance && !InColumn(tool);
    }

    private bool InColumn(in Vector3 point) =>
        point.Z < _columnHeight && point.X * point.X + point.Y * point.Y < _columnRadius * _columnRadius;
}
