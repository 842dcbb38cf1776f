using LiquidControl.Robotics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>A motion of 0.3 m along x that arrives at T = 1 s, sampled every 10 ms to 1.6 s, with deviations whose metrics are plain.</summary>
public sealed class MotionMetricsTests
{
    private const double Arrival = 1.0;
    private static readonly Pose Start = At(0.0, 0.0);
    private static readonly Pose Goal = At(0.3, 0.0);

    [Fact]
    public void A_perfect_motion_scores_zero_and_succeeds()
    {
        EpisodeResult result = Measure(static (_, reference) => reference);
        Assert.Equal(0.0, result.FinalErrorMm, 1e-9);
        Assert.Equal(0.0, result.PathErrorMm, 1e-9);
        Assert.Equal(0.0, result.OvershootMm, 1e-9);
        Assert.Equal(0.0, result.OrientationErrorMrad, 1e-9);
        Assert.True(result.Success);
        // 0.3 m/s: 2 mm before the goal at 0.99333 s; the last sample outside is at 0.99 s.
        Assert.Equal(-10.0, result.SettleMs, 1e-6);
    }

    [Fact]
    public void The_final_error_is_the_mean_over_its_window_only()
    {
        // 1 mm off from T + 0.48 s to T + 0.54 s (7 samples) and 0.5 mm to T + 0.60 s (6); 1.5 mm off before.
        EpisodeResult result = Measure(static (t, reference) => Moved(reference, t < Arrival + 0.475 ? 1.5e-3 : t < Arrival + 0.545 ? 1e-3 : 0.5e-3));
        Assert.Equal(((7 * 1.0) + (6 * 0.5)) / 13.0, result.FinalErrorMm, 1e-9);
        Assert.True(result.Success);
    }

    [Fact]
    public void The_path_error_ends_fifty_milliseconds_after_arrival()
    {
        EpisodeResult result = Measure(static (t, reference) => Moved(reference, t < 0.5 ? 0.0 : t < Arrival + 0.055 ? 4e-3 : 9e-3));
        Assert.Equal(4.0, result.PathErrorMm, 1e-9);
    }

    [Fact]
    public void Settling_is_the_last_time_outside_two_millimetres()
    {
        EpisodeResult result = Measure(static (t, reference) => Moved(reference, Math.Abs(t - (Arrival + 0.2)) < 1e-6 ? 2.1e-3 : 0.0));
        Assert.Equal(200.0, result.SettleMs, 1e-6);
        Assert.True(result.Success);
    }

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.50, false)]
    [InlineData(0.60, false)]
    public void Leaving_the_tolerance_after_half_a_second_is_no_success(double after, bool success)
    {
        EpisodeResult result = Measure((t, reference) => Moved(reference, Math.Abs(t - (Arrival + after)) < 1e-6 ? 2.1e-3 : 0.0));
        Assert.Equal(success, result.Success);
        Assert.Equal(1e3 * after, result.SettleMs, 1e-6);
    }

    [Fact]
    public void Overshoot_is_measured_along_the_approach_only()
    {
        EpisodeResult result = Measure(static (t, reference) => t is > 1.1 and < 1.2 ? At(0.3 + 0.0012, 0.005) : t is > 0.2 and < 0.3 ? At(0.5, 0.0) : reference);
        Assert.Equal(1.2, result.OvershootMm, 1e-9);
    }

    [Fact]
    public void Velocity_error_is_the_root_mean_square_over_joints_and_samples()
    {
        MotionMetrics metrics = new(Start, Goal, Arrival);
        metrics.Add(0.0, Start, Start, [0.003, 0.0], [0.0, 0.004], false);
        metrics.Add(0.1, Start, Start, [1.0, 1.0], [1.0, 1.0], false);
        Assert.Equal(2.5, metrics.Finish().VelocityErrorRms, 1e-9);
    }

    [Fact]
    public void Orientation_error_is_the_angle_to_the_goal()
    {
        Matrix3 turned = Matrix3.FromAxisAngle(Vector3.UnitZ, 0.02);
        EpisodeResult result = Measure((t, reference) => t > Arrival + 0.3 ? new Pose(turned, reference.Translation) : reference);
        Assert.Equal(20.0, result.OrientationErrorMrad, 1e-9);
    }

    [Fact]
    public void A_violated_limit_an_early_end_or_a_lost_pose_is_no_success()
    {
        MotionMetrics violated = new(Start, Goal, Arrival);
        Run(violated, static (_, reference) => reference, 1.6, static t => Math.Abs(t - 0.5) < 1e-6);
        Assert.True(violated.Finish().LimitViolated);
        Assert.False(violated.Finish().Success);

        MotionMetrics stopped = new(Start, Goal, Arrival);
        Run(stopped, static (_, reference) => reference, 0.5, static _ => false);
        Assert.False(stopped.Finish().Success);
        Assert.Equal(150.0, stopped.Finish().FinalErrorMm, 1e-6);

        EpisodeResult lost = Measure(static (t, reference) => t > 1.59 ? At(double.NaN, 0.0) : reference);
        Assert.False(lost.Success);
    }

    [Fact]
    public void Adding_a_sample_allocates_nothing()
    {
        MotionMetrics metrics = new(Start, Goal, Arrival);
        double[] velocity = new double[6];
        metrics.Add(0.0, Start, Start, velocity, velocity, false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        metrics.Add(1.55, Goal, Goal, velocity, velocity, false);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Percentiles_interpolate_as_numpy_does()
    {
        double[] values = [4.0, 1.0, 3.0, 2.0];
        Assert.Equal(2.5, Percentile.Of(values, 50.0), 1e-12);
        Assert.Equal(3.85, Percentile.Of(values, 95.0), 1e-12);
        Assert.Equal(1.0, Percentile.Of(values, 0.0));
        Assert.Equal(4.0, Percentile.Of(values, 100.0));
        Assert.Equal(7.0, Percentile.Of([7.0], 95.0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Percentile.Of([], 50.0));
    }

    [Fact]
    public void A_row_summarises_its_episodes()
    {
        EpisodeResult[] episodes = [.. Enumerable.Range(1, 4).Select(static i => new EpisodeResult(i, 10.0 * i, 0.0, 0.0, 0.0, i < 4 ? 0.0 : 6.0, false, i > 1))];
        EvaluationRow row = EvaluationRow.Of("ct-eso", "perturbed", episodes);
        Assert.Equal(new EvaluationRow("ct-eso", "perturbed", 4, 2.5, 3.8499999999999996, 4.0, 38.5, 75.0, 3.0), row with { FinalP95Mm = 3.8499999999999996, PathP95Mm = 38.5 });
        Assert.Equal(3.85, row.FinalP95Mm, 1e-12);
        Assert.Equal(38.5, row.PathP95Mm, 1e-12);
    }

    private static EpisodeResult Measure(Func<double, Pose, Pose> tcp)
    {
        MotionMetrics metrics = new(Start, Goal, Arrival);
        Run(metrics, tcp, 1.6, static _ => false);
        return metrics.Finish();
    }

    private static void Run(MotionMetrics metrics, Func<double, Pose, Pose> tcp, double end, Func<double, bool> violated)
    {
        for (double t = 0.0; t < end + 1e-6; t += 0.01)
        {
            Pose reference = At(0.3 * Math.Min(1.0, t / Arrival), 0.0);
            metrics.Add(t, tcp(t, reference), reference, [], [], violated(t));
        }
    }

    private static Pose At(double x, double y) => new(Matrix3.Identity, new Vector3(x, y, 0.2));

    /// <summary>Sideways, across the approach.</summary>
    private static Pose Moved(in Pose pose, double distance) => new(pose.Rotation, pose.Translation + (Vector3.UnitY * distance));
}
