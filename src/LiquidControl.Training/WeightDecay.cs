namespace LiquidControl.Training;

/// <summary>Pulls chosen tensors towards zero.</summary>
/// <param name="tensors">The chosen ones.</param>
internal sealed class WeightDecay(IReadOnlyList<ParameterTensor> tensors)
{
    /// <summary>
    /// Adds <paramref name="rate"/> · Σ w² to the loss (Keras: l2): returns it and adds its gradient, 2 · rate · w.
    /// </summary>
    public double AddPenalty(ReadOnlySpan<float> parameters, Span<float> gradient, double rate)
    {
        double sum = 0.0;
        foreach (ParameterTensor tensor in tensors)
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                double w = parameters[i];
                sum += w * w;
                gradient[i] += (float)(2.0 * rate * w);
            }

        return rate * sum;
    }

    /// <summary>
    /// w ← w (1 − learning rate · <paramref name="rate"/>): decay decoupled from the loss (AdamW: Loshchilov and Hutter 2019).
    /// </summary>
    public void Shrink(Span<float> parameters, double learningRate, double rate)
    {
        double factor = 1.0 - (learningRate * rate);
        foreach (ParameterTensor tensor in tensors)
            foreach (ref float w in tensor.Of(parameters))
                w = (float)(w * factor);
    }
}
