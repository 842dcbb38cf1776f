namespace LiquidControl.Training;

/// <summary>The mean loss over a set of sequences that nothing is learned from.</summary>
/// <param name="batches">Runs over them, without dropout.</param>
/// <param name="count">Number of sequences.</param>
/// <param name="batchSize">How many at a time.</param>
internal sealed class ValidationLoss(BatchGradient batches, int count, int batchSize)
{
    private readonly int[] _order = [.. Enumerable.Range(0, count)];

    public double Of(float[] parameters)
    {
        double loss = 0.0;
        double weight = 0.0;
        for (int first = 0; first < _order.Length; first += batchSize)
        {
            batches.Begin(_order.AsSpan(first, Math.Min(batchSize, _order.Length - first)), 0);
            while (batches.Next(parameters))
            {
                loss += batches.Loss * batches.Weight;
                weight += batches.Weight;
            }
        }

        return loss / weight;
    }
}
