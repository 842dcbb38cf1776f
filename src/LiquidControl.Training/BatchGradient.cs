using LiquidControl.Numerics;

namespace LiquidControl.Training;

/// <summary>
/// The loss and its gradient over a batch of sequences, chunk after chunk. A batch is cut into shards of sixteen sequences whatever the
/// number of threads, and their gradients are added in shard order: the thread count changes the time, never a bit.
/// </summary>
internal sealed class BatchGradient
{
    private const ulong DropoutStream = 3;

    private readonly SequenceSet _data;
    private readonly SequenceLoss _loss;
    private readonly LaneShard[] _shards;
    private readonly double[] _shardWeights;
    private readonly ParallelOptions _parallel;
    private readonly RandomStream _dropout;
    private readonly bool _sorts;
    private readonly int _chunk;
    private int _active;
    private int _position;
    private int _end;

    public BatchGradient(
        SequenceSet data, Normalisation normalisation, NetworkParameters network, TrainingOptions options, CancellationToken cancellation)
    {
        _data = data;
        _loss = SequenceLoss.Of(options, data.Targets.Count);
        _sorts = options.PackByLength;
        _chunk = options.ChunkSteps;
        _dropout = new RandomStream(options.Seed).Fork(DropoutStream);
        int shards = (Math.Min(options.BatchSize, data.Sequences.Count) + NetworkTape<float>.LaneCount - 1) / NetworkTape<float>.LaneCount;
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new LaneShard(data, normalisation, network, options))];
        _shardWeights = new double[shards];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Gradient = new float[network.Count];
    }

    /// <summary>The gradient of the last chunk.</summary>
    public float[] Gradient { get; }

    /// <summary>The mean loss over the last chunk.</summary>
    public double Loss { get; private set; }

    /// <summary>The chunk's sequence steps of positive weight, counted by their weights.</summary>
    public double Weight { get; private set; }

    /// <summary>Steps the last chunk ran, of all its shards together, each step for sixteen lanes.</summary>
    public int LaneSteps => _shards.Take(_active).Sum(static shard => shard.Steps);

    /// <summary>Takes up a batch from the start of its sequences.</summary>
    /// <param name="batch">Which sequences.</param>
    /// <param name="number">Which batch of the training it is: dropout differs from one to the next.</param>
    public void Begin(ReadOnlySpan<int> batch, int number)
    {
        int[] order = batch.ToArray();
        if (_sorts)
            order = [.. order.OrderByDescending(index => _data.Sequences[index].Steps)];
        RandomStream dropout = _dropout.Fork((ulong)number);
        _active = 0;
        _position = 0;
        _end = 0;
        for (int first = 0; first < order.Length; first += NetworkTape<float>.LaneCount)
            _shards[_active++].Begin(order.AsSpan(first, Math.Min(NetworkTape<float>.LaneCount, order.Length - first)), dropout);
        foreach (int index in order)
            _end = Math.Max(_end, _data.Sequences[index].Steps);
    }

    /// <summary>Runs the next chunk of the batch; false when its sequences have ended.</summary>
    public bool Next(float[] parameters)
    {
        if (_position >= _end)
            return false;
        int first = _position;
        int steps = Math.Min(_chunk, _end - first);
        Parallel.For(0, _active, _parallel, shard => _shardWeights[shard] = _shards[shard].Load(first, steps));
        Weight = 0.0;
        for (int shard = 0; shard < _active; shard++)
            Weight += _shardWeights[shard];
        double normaliser = Weight > 0.0 ? Weight : 1.0;
        Parallel.For(0, _active, _parallel, shard => _shards[shard].Run(parameters, _loss, normaliser));
        Loss = 0.0;
        Array.Clear(Gradient);
        for (int shard = 0; shard < _active; shard++)
        {
            Loss += _shards[shard].Loss;
            ReadOnlySpan<float> part = _shards[shard].Gradient;
            for (int i = 0; i < part.Length; i++)
                Gradient[i] += part[i];
        }

        _position += steps;
        return true;
    }
}
