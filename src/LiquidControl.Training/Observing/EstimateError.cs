namespace LiquidControl.Training.Observing;

/// <summary>How far estimates are from the truth, over the queries of all streams.</summary>
/// <param name="Velocity">Root mean square, rad/s.</param>
/// <param name="Position">Root mean square, rad.</param>
public readonly record struct EstimateError(double Velocity, double Position)
{
    /// <param name="streams">The streams.</param>
    /// <param name="estimates">Of each stream, one an event.</param>
    /// <exception cref="ArgumentException">No stream has a query.</exception>
    public static EstimateError Of(IReadOnlyList<SampleStream> streams, IReadOnlyList<JointEstimate[]> estimates)
    {
        double velocity = 0.0, position = 0.0;
        long queries = 0;
        for (int s = 0; s < streams.Count; s++)
        {
            SampleStream stream = streams[s];
            for (int k = 0; k < stream.Events.Length; k++)
            {
                if (stream.Events[k].Channel != SampleChannel.Query)
                    continue;
                double dv = estimates[s][k].Velocity - stream.Velocity[k], dq = estimates[s][k].Position - stream.Position[k];
                velocity += dv * dv;
                position += dq * dq;
                queries++;
            }
        }

        if (queries == 0)
            throw new ArgumentException("No stream has a query; give longer ones.", nameof(streams));
        return new EstimateError(Math.Sqrt(velocity / queries), Math.Sqrt(position / queries));
    }
}
