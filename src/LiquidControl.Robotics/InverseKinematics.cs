using LiquidControl.Numerics;

namespace LiquidControl.Robotics;

/// <summary>
/// Joint angles for a tool pose: damped least squares (Levenberg and Marquardt) with joint limits, from the seed and then from seeded
/// random postures, of whose solutions the one nearest to the seed is chosen. For the cold path: it allocates.
/// </summary>
public static class InverseKinematics
{
    private const double Turn = 2 * Math.PI;

    /// <param name="model">The arm.</param>
    /// <param name="target">Wanted pose of the tool centre point in the base frame.</param>
    /// <param name="seed">Posture to start from and to stay near.</param>
    /// <param name="limits">Of which only the position limits count; infinite where there is none.</param>
    /// <param name="options">What to reach and how long to search.</param>
    /// <param name="solution">The posture found, within the limits; see <see cref="IkStatus"/>.</param>
    /// <exception cref="ArgumentException">A span's length is not the joint count.</exception>
    public static IkResult Solve(
        RigidBodyModel model, Pose target, ReadOnlySpan<double> seed, ReadOnlySpan<JointLimits> limits, IkOptions options,
        Span<double> solution)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        int n = model.JointCount;
        SpanLength.Require(seed.Length, n, nameof(seed));
        SpanLength.Require(limits.Length, n, nameof(limits));
        SpanLength.Require(solution.Length, n, nameof(solution));
        bool finite = target.Translation.IsFinite && (options.PositionOnly || target.Rotation.IsFinite);
        double[] lower = new double[n], upper = new double[n], free = new double[n];
        for (int i = 0; i < n; i++)
        {
            (lower[i], upper[i], free[i]) = (limits[i].Lower, limits[i].Upper, double.PositiveInfinity);
            finite &= double.IsFinite(seed[i]) && lower[i] <= upper[i];
        }

        if (!finite)
        {
            seed.CopyTo(solution);
            return new(IkStatus.NotFinite, double.NaN, double.NaN, 0, 0, -1, Pose.Identity);
        }

        Search search = new(model, target, options, seed.ToArray());
        Attempt within = search.Run(lower, upper, options.PositionOnly);
        if (within.Reached)
        {
            return search.Report(IkStatus.Reached, within, -1, solution);
        }

        // Not found: would it be without limits? And if not, is it the place itself that is too far?
        Attempt unlimited = search.Run([.. free.Select(x => -x)], free, options.PositionOnly);
        if (unlimited.Reached)
        {
            return search.Report(IkStatus.JointLimit, within, FurthestBeyond(unlimited.Posture, lower, upper), solution);
        }

        if (!options.PositionOnly)
        {
            Attempt place = search.Run(lower, upper, positionOnly: true);
            within = place.Reached ? within : place;
        }

        return search.Report(IkStatus.OutOfReach, within, -1, solution);
    }

    private static int FurthestBeyond(double[] posture, double[] lower, double[] upper)
    {
        int joint = -1;
        double furthest = 0;
        for (int i = 0; i < posture.Length; i++)
        {
            double beyond = Math.Max(lower[i] - posture[i], posture[i] - upper[i]);
            if (beyond > furthest)
            {
                (joint, furthest) = (i, beyond);
            }
        }

        return joint;
    }

    private readonly record struct Attempt(bool Reached, double[] Posture, double Score);

    /// <summary>One call's searches: they share the workspace and the count of what they cost.</summary>
    private sealed class Search(RigidBodyModel model, Pose target, IkOptions options, double[] seed)
    {
        private readonly DampedLeastSquares _solver = new(model, target, options);
        private int _restarts;

        /// <summary>The solution nearest to the seed; without one, the posture with the least error.</summary>
        public Attempt Run(double[] lower, double[] upper, bool positionOnly)
        {
            RandomStream random = new(options.RandomSeed);
            Attempt best = default;
            int found = 0;
            for (int start = 0; start <= options.MaxRestarts && found < options.Solutions; start++)
            {
                double[] q = [.. seed];
                for (int i = 0; i < q.Length; i++)
                {
                    q[i] = start == 0
                        ? Math.Clamp(q[i], lower[i], upper[i])
                        : random.Uniform(Math.Max(lower[i], q[i] - Turn), Math.Min(upper[i], q[i] + Turn));
                }

                _restarts += start == 0 ? 0 : 1;
                bool reached = _solver.Descend(q, lower, upper, positionOnly, out double error);
                found += reached ? 1 : 0;
                if (reached)
                {
                    Unwind(q, lower, upper);
                }

                Attempt attempt = new(reached, q, reached ? Distance(q) : error);
                bool better = best.Posture is null || (reached == best.Reached ? attempt.Score < best.Score : reached);
                best = better ? attempt : best;
            }

            return best;
        }

        public IkResult Report(IkStatus status, in Attempt attempt, int joint, Span<double> solution)
        {
            attempt.Posture.CopyTo(solution);
            Pose tool = ForwardKinematics.Tool(model, new RigidBodyWorkspace(model), attempt.Posture);
            double angle = options.PositionOnly ? 0 : Matrix3.RotationAngle(tool.Rotation, target.Rotation);
            return new(status, (target.Translation - tool.Translation).Norm, angle, _solver.Iterations, _restarts, joint, tool);
        }

        private double Distance(double[] q)
        {
            double sum = 0;
            for (int i = 0; i < q.Length; i++)
            {
                sum += (q[i] - seed[i]) * (q[i] - seed[i]);
            }

            return sum;
        }

        /// <summary>Whole turns are the same posture: takes the one nearest to the seed that the limits allow.</summary>
        private void Unwind(double[] q, double[] lower, double[] upper)
        {
            for (int i = 0; i < q.Length; i++)
            {
                double turned = q[i] + Turn * Math.Round((seed[i] - q[i]) / Turn);
                if (model.Joints[i].Type == JointType.Revolute && turned >= lower[i] && turned <= upper[i])
                {
                    q[i] = turned;
                }
            }
        }
    }
}
