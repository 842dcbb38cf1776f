namespace LiquidControl.Training.Prediction;

/// <summary>How far one answer was from the truth.</summary>
/// <param name="PositionSquare">Mean over the joints of the squared error, rad².</param>
/// <param name="LargestPosition">Of the joints, rad.</param>
/// <param name="Tool">Distance of the tool centre point, m.</param>
/// <param name="VelocitySquare">Mean over the joints of the squared error, rad²/s².</param>
public readonly record struct PredictionError(double PositionSquare, double LargestPosition, double Tool, double VelocitySquare)
{
    public static PredictionError Of(
        ReadOnlySpan<double> position, ReadOnlySpan<double> velocity, ReadOnlySpan<double> truePosition, ReadOnlySpan<double> trueVelocity, double tool)
    {
        double positions = 0.0, velocities = 0.0, largest = 0.0;
        for (int i = 0; i < position.Length; i++)
        {
            double p = position[i] - truePosition[i], v = velocity[i] - trueVelocity[i];
            positions += p * p;
            velocities += v * v;
            largest = Math.Max(largest, Math.Abs(p));
        }

        return new(positions / position.Length, largest, tool, velocities / position.Length);
    }
}
