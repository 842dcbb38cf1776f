using System.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>The order in which a signal from the inputs reaches the neurons.</summary>
internal static class SignalOrder
{
    /// <summary>The neurons that inputs reach, then those that these reach, and so on; those that nothing reaches come last.</summary>
    public static int[][] Of<T>(LtcParameters<T> parameters) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int units = parameters.Capacitance.Length;
        List<int> left = [.. Enumerable.Range(0, units)];
        List<int[]> layers = [];
        bool[] reached = new bool[units];
        for (int[] layer = [.. left.Where(j => Count(parameters.Sensory, j) > 0)]; layer.Length > 0; layer = [.. left.Where(IsReached)])
        {
            layers.Add(layer);
            foreach (int j in layer) reached[j] = true;
            left.RemoveAll(j => reached[j]);
        }

        if (left.Count > 0) layers.Add([.. left]);
        return [.. layers];

        bool IsReached(int j)
        {
            LtcSynapses<T> synapses = parameters.Recurrent;
            for (int k = synapses.First[j]; k < synapses.First[j + 1]; k++)
            {
                if (reached[synapses.Source[k]]) return true;
            }

            return false;
        }
    }

    private static int Count<T>(LtcSynapses<T> synapses, int neuron) where T : struct, IBinaryFloatingPointIeee754<T> =>
        synapses.First[neuron + 1] - synapses.First[neuron];
}
