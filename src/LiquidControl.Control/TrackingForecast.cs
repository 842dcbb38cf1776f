using LiquidControl.Numerics;

namespace LiquidControl.Control;

/// <summary>
/// Where the joints would be if nothing but the present error kept them from their plan: the solution of the classical law's error dynamics
/// e'' + 2w e' + w² e = 0 from the present estimate, on top of the plan. Allocates nothing.
/// </summary>
public sealed class TrackingForecast
{
    private readonly double _bandwidth;

    /// <param name="jointCount">Joints.</param>
    /// <param name="bandwidth">w, rad/s.</param>
    public TrackingForecast(int jointCount, double bandwidth)
    {
        _bandwidth = bandwidth;
        Plan = new JointReference(jointCount);
    }

    /// <summary>The plan at the queried time.</summary>
    public JointReference Plan { get; }

    /// <summary>
    /// 1 - e^(-w t) of the queried time: what is not known now cannot have moved the arm yet, so that errors of this forecast grow with it.
    /// </summary>
    public double Growth { get; private set; }

    /// <param name="estimate">The estimate now.</param>
    /// <param name="reference">The plan, at now.</param>
    /// <param name="horizon">s, not negative.</param>
    /// <param name="position">rad, one a joint.</param>
    /// <param name="velocity">rad/s, one a joint.</param>
    public void At(RobotState estimate, ReferenceGenerator reference, double horizon, Span<double> position, Span<double> velocity)
    {
        reference.Ahead(horizon, Plan);
        double w = _bandwidth, decay = Elementary.Exp(-w * horizon);
        Growth = 1.0 - decay;
        for (int i = 0; i < position.Length; i++)
        {
            double error = estimate.Position[i] - reference.Now.Position[i];
            double slope = estimate.Velocity[i] - reference.Now.Velocity[i] + w * error;
            position[i] = Plan.Position[i] + decay * (error + slope * horizon);
            velocity[i] = Plan.Velocity[i] + decay * (slope - w * (error + slope * horizon));
        }
    }
}
