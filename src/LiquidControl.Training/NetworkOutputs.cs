namespace LiquidControl.Training;

/// <summary>What a trained network says about sequences: the one way to run a rival, and a fast one for every network.</summary>
public static class NetworkOutputs
{
    /// <summary>The outputs of every step, in the targets' units: [sequence][steps × targets], row-major.</summary>
    /// <param name="trained">The network with its parameters and normalisation.</param>
    /// <param name="data">Sequences over the same features and targets; the targets themselves are not looked at.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops within one chunk.</param>
    /// <exception cref="ArgumentException">Other features or targets than the network's.</exception>
    public static float[][] Of(TrainingResult trained, SequenceSet data, int threads, CancellationToken cancellation = default)
    {
        const int Lanes = NetworkTape<float>.LaneCount;
        Normalisation normalisation = Normalisation.Of(trained.Metadata, data);
        TrainingOptions options = new() { TimespanUnit = trained.Metadata.TimespanScale };
        float[][] outputs = [.. data.Sequences.Select(sequence => new float[sequence.Steps * data.Targets.Count])];
        int[] order = [.. Enumerable.Range(0, outputs.Length).OrderByDescending(index => data.Sequences[index].Steps)];
        Parallel.For(
            0, (order.Length + Lanes - 1) / Lanes,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new LaneShard(data, normalisation, trained.Network, options),
            (part, _, shard) =>
            {
                int[] sequences = order[(part * Lanes)..Math.Min(order.Length, (part + 1) * Lanes)];
                shard.Begin(sequences, null);
                for (int first = 0; shard.Predict(trained.Parameters, first, options.ChunkSteps); first += options.ChunkSteps)
                    for (int lane = 0; lane < sequences.Length; lane++)
                        Collect(shard, lane, first, normalisation, outputs[sequences[lane]]);
                return shard;
            },
            static _ => { });
        return outputs;
    }

    private static void Collect(LaneShard shard, int lane, int first, Normalisation normalisation, float[] outputs)
    {
        int targets = normalisation.OutputScale.Length;
        for (int step = 0; step < shard.Length(lane); step++)
            for (int i = 0; i < targets; i++)
                outputs[((first + step) * targets) + i] =
                    shard.Output(step)[(i * NetworkTape<float>.LaneCount) + lane] * normalisation.OutputScale[i];
    }
}
