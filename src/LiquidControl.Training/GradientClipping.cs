namespace LiquidControl.Training;

/// <summary>Clipping by the norm over all parameters together.</summary>
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
}
