using LiquidControl.Neural;
using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The reference library's starting values (ncps 1.0.1, torch): Xavier uniform ±√(6 / (in + out)) for every matrix of the cell, w_tau and
/// A (1 × units) included; ±1/√in for biases and for the projection, which is a plain linear layer.
/// </summary>
public static class CfcInitialisation
{
    /// <summary>Draws every parameter, tensor after tensor in the order of the flat array.</summary>
    public static float[] Draw(CfcParameters layout, RandomStream random)
    {
        float[] parameters = new float[layout.Count];
        int inputs = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            // A bias follows the matrix whose inputs bound it.
            if (tensor.Rows > 0)
                inputs = tensor.Columns;
            bool xavier = tensor.Rows > 0 && !tensor.Key.StartsWith(CfcKeys.Projection + ".", StringComparison.Ordinal);
            double bound = xavier ? Math.Sqrt(6.0 / (tensor.Columns + tensor.Rows)) : 1.0 / Math.Sqrt(inputs);
            for (int i = 0; i < tensor.Count; i++)
                parameters[tensor.Offset + i] = (float)random.Uniform(-bound, bound);
        }

        return parameters;
    }
}
