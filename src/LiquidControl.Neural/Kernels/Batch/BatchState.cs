namespace LiquidControl.Neural.Kernels;

/// <summary>
/// The states of many robots that share a network; made by <see cref="BatchKernel.CreateState"/>. All zero at first. Not thread-safe.
/// </summary>
/// <remarks>
/// Robots go by tiles, and a tile's numbers lie one after the other, a robot in each lane: inputs, neurons, the memory's cells, outputs; twice,
/// since a step reads the one and writes the other. Working memory follows.
/// </remarks>
public sealed unsafe class BatchState
{
    private readonly AlignedBuffer<float> _memory;
    private readonly int[] _places;
    private readonly int _lanes;
    private readonly int _tileLength;
    private bool _isSecondCurrent;

    /// <param name="kernel">The kernel.</param>
    /// <param name="count">Robots.</param>
    /// <param name="lanes">Robots of a tile.</param>
    /// <param name="places">Which of a tile's numbers each number of the state is.</param>
    /// <param name="numbers">Of a tile.</param>
    /// <param name="workNumbers">What a step needs besides, for one tile at a time.</param>
    internal BatchState(BatchKernel kernel, int count, int lanes, int[] places, int numbers, int workNumbers)
    {
        Kernel = kernel;
        Count = count;
        _lanes = lanes;
        _places = places;
        _tileLength = numbers * lanes;
        Tiles = (count + lanes - 1) / lanes;
        _memory = new AlignedBuffer<float>(2 * Tiles * _tileLength + workNumbers * lanes);
    }

    /// <summary>Robots.</summary>
    public int Count { get; }

    internal BatchKernel Kernel { get; }

    internal int Tiles { get; }

    internal float* Work => _memory.Pointer + 2 * Tiles * _tileLength;

    /// <summary>All robots' states to zero.</summary>
    public void Reset() => _memory.Span.Clear();

    /// <summary>A robot's state.</summary>
    /// <param name="robot">From 0.</param>
    /// <param name="state">Length <see cref="CompiledNetwork.StateSize"/>.</param>
    public void Read(int robot, Span<float> state)
    {
        float* lane = Lane(robot);
        for (int i = 0; i < _places.Length; i++) state[i] = lane[_places[i] * _lanes];
    }

    /// <summary>Puts a robot into a state; unless the result is Ok nothing has changed.</summary>
    /// <param name="robot">From 0.</param>
    /// <param name="state">Length <see cref="CompiledNetwork.StateSize"/>, finite.</param>
    public StepResult Write(int robot, ReadOnlySpan<float> state)
    {
        if (state.Length != _places.Length) return StepResult.StateLengthWrong;
        foreach (float value in state)
        {
            if (!float.IsFinite(value)) return StepResult.StateNotFinite;
        }

        float* lane = Lane(robot);
        for (int i = 0; i < _places.Length; i++) lane[_places[i] * _lanes] = state[i];
        return StepResult.Ok;
    }

    internal float* Current(int tile) => _memory.Pointer + (2 * tile + (_isSecondCurrent ? 1 : 0)) * _tileLength;

    internal float* Next(int tile) => _memory.Pointer + (2 * tile + (_isSecondCurrent ? 0 : 1)) * _tileLength;

    internal void Commit() => _isSecondCurrent = !_isSecondCurrent;

    private float* Lane(int robot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(robot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(robot, Count);
        return Current(robot / _lanes) + robot % _lanes;
    }
}
