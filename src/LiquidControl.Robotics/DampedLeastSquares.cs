namespace LiquidControl.Robotics;

/// <summary>
/// Descends from one posture to the nearest one that puts the tool on its target: Levenberg-Marquardt on the tool's position and rotation
/// error, joints at a limit that pull outwards held there (projected, as in Bertsekas 1982).
/// </summary>
internal sealed class DampedLeastSquares(RigidBodyModel model, Pose target, IkOptions options)
{
    /// <summary>Metres that weigh as much as one radian of orientation.</summary>
    private const double LengthPerRadian = 0.2;

    /// <summary>No joint moves more than this in one step, rad: beyond it the Jacobian says nothing.</summary>
    private const double LargestStep = 0.6;

    private readonly int _n = model.JointCount;
    private readonly RigidBodyWorkspace _workspace = new(model);
    private readonly double[] _jacobian = new double[6 * model.JointCount];
    private readonly double[] _normal = new double[model.JointCount * model.JointCount];
    private readonly double[] _gradient = new double[model.JointCount];
    private readonly double[] _step = new double[model.JointCount];
    private readonly double[] _trial = new double[model.JointCount];
    private readonly double[] _residual = new double[6];

    /// <summary>Steps tried so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>
    /// Moves <paramref name="q"/>, which lies within the limits, to a local optimum; the error is the weighted residual's norm, m.
    /// </summary>
    public bool Descend(double[] q, double[] lower, double[] upper, bool positionOnly, out double error)
    {
        int rows = positionOnly ? 3 : 6;
        double damping = 1e-2;
        error = Linearise(q, rows, out bool reached);
        for (int iteration = 0; iteration < options.MaxIterations && !reached; iteration++)
        {
            Iterations++;
            if (!Step(q, lower, upper, rows, damping))
            {
                break;
            }

            for (int i = 0; i < _n; i++)
            {
                _trial[i] = Math.Clamp(q[i] + Math.Clamp(_step[i], -LargestStep, LargestStep), lower[i], upper[i]);
            }

            double moved = Linearise(_trial, rows, out bool trialReached);
            if (moved < error)
            {
                bool stalled = error - moved < 1e-13 * error;
                _trial.CopyTo(q, 0);
                (error, reached) = (moved, trialReached);
                damping = Math.Max(damping * 0.1, 1e-14);
                if (stalled)
                {
                    break;
                }
            }
            else
            {
                damping *= 8;
                Linearise(q, rows, out _);
                if (damping > 1e6)
                {
                    break;
                }
            }
        }

        return reached;
    }

    /// <summary>Residual and Jacobian at q, the rotation's rows scaled to metres; returns the residual's norm.</summary>
    private double Linearise(double[] q, int rows, out bool reached)
    {
        GeometricJacobian.Compute(model, _workspace, q, _jacobian, out Pose tool);
        Vector3 position = target.Translation - tool.Translation;
        double squares = position.NormSquared;
        reached = position.Norm <= options.PositionTolerance;
        (_residual[0], _residual[1], _residual[2]) = position;
        if (rows == 6)
        {
            Vector3 rotation = Matrix3.RotationVector(target.Rotation * tool.Rotation.Transpose);
            reached &= rotation.Norm <= options.OrientationTolerance;
            Vector3 weighted = rotation * LengthPerRadian;
            squares += weighted.NormSquared;
            (_residual[3], _residual[4], _residual[5]) = weighted;
            for (int i = 3 * _n; i < _jacobian.Length; i++)
            {
                _jacobian[i] *= LengthPerRadian;
            }
        }

        return Math.Sqrt(squares);
    }

    /// <summary>Solves (JᵀJ + damping) step = Jᵀ residual over the joints that may move; false when none does.</summary>
    private bool Step(double[] q, double[] lower, double[] upper, int rows, double damping)
    {
        bool any = false;
        for (int i = 0; i < _n; i++)
        {
            double pull = 0;
            for (int r = 0; r < rows; r++)
            {
                pull += _jacobian[r * _n + i] * _residual[r];
            }

            bool held = (pull > 0 && q[i] >= upper[i]) || (pull < 0 && q[i] <= lower[i]);
            _gradient[i] = held ? double.NaN : pull;
            any |= !held && pull != 0;
        }

        for (int i = 0; i < _n; i++)
        {
            bool held = double.IsNaN(_gradient[i]);
            for (int j = 0; j < _n; j++)
            {
                double sum = i == j ? damping + (held ? 1 : 0) : 0;
                if (!held && !double.IsNaN(_gradient[j]))
                {
                    for (int r = 0; r < rows; r++)
                    {
                        sum += _jacobian[r * _n + i] * _jacobian[r * _n + j];
                    }
                }

                _normal[i * _n + j] = sum;
            }

            _step[i] = held ? 0 : _gradient[i];
        }

        SolveCholesky();
        return any;
    }

    /// <summary>In place: the normal matrix becomes its Cholesky factor, the right-hand side in the step the solution.</summary>
    private void SolveCholesky()
    {
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = _normal[i * _n + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= _normal[i * _n + k] * _normal[j * _n + k];
                }

                // Rounding can cost a nearly singular pivot its last digit; the damping bounds it from below.
                _normal[i * _n + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-18)) : sum / _normal[j * _n + j];
            }
        }

        for (int i = 0; i < _n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                _step[i] -= _normal[i * _n + k] * _step[k];
            }

            _step[i] /= _normal[i * _n + i];
        }

        for (int i = _n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < _n; k++)
            {
                _step[i] -= _normal[k * _n + i] * _step[k];
            }

            _step[i] /= _normal[i * _n + i];
        }
    }
}
