namespace LiquidControl.Training;

/// <summary>Keeps gradients from being too long, their direction kept.</summary>
public static class GradientClipping
{
    /// <summary>Scales the gradient down to the Euclidean norm <paramref name="limit"/> if it is longer; returns the norm before.</summary>
    public static double Clip(Span<float> gradient, double limit)
    {
        double square = 0.0;
        foreach (float g in gradient)
            square += (double)g * g;
        double norm = Math.Sqrt(square);
        if (norm > limit)
        {
            float scale = (float)(limit / norm);
            foreach (ref float g in gradient)
                g *= scale;
        }

        return norm;
    }

    /// <summary>
    /// Clips the gradient of each tensor by a norm of its own (Keras: clipnorm), where it is longer than <paramref name="limit"/>.
    /// </summary>
    public static void ClipEach(Span<float> gradient, IReadOnlyList<ParameterTensor> tensors, double limit)
    {
        foreach (ParameterTensor tensor in tensors)
            Clip(tensor.Of(gradient), limit);
    }
}
