using LiquidControl.Control;

namespace LiquidControl.Training.Rivals;

/// <summary>
/// A trained network of any kind driving an arm in an evaluation, on the tape that trained it: the one way to run a rival step by step. All
/// lanes of the tape are computed and one is used, so it is slow beside a compiled kernel and its time says nothing about the network.
/// </summary>
public sealed class TapePolicyNetwork : IPolicyNetwork
{
    private const int LaneCount = NetworkTape<float>.LaneCount;

    private readonly float[] _parameters;
    private readonly NetworkTape<float> _tape;

    public TapePolicyNetwork(NetworkParameters network, float[] parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        _parameters = parameters;
        _tape = new NetworkTape<float>(network, capacity: 1);
        InputSize = network.InputSize;
    }

    public int InputSize { get; }

    public int OutputSize => _tape.OutputSize;

    public int StateSize => _tape.State.Length / LaneCount;

    public void Reset() => _tape.State.Clear();

    public bool Evaluate(ReadOnlySpan<float> input, float timespan, Span<float> output)
    {
        Span<float> lanes = _tape.Input(0);
        for (int i = 0; i < input.Length; i++)
            lanes[i * LaneCount] = input[i];
        _tape.Timespans(0)[0] = timespan;
        _tape.Forward(_parameters, 1);
        bool finite = true;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = _tape.Output(0)[i * LaneCount];
            finite &= float.IsFinite(output[i]);
        }

        _tape.CarryState(1);
        return finite;
    }

    public void ReadState(Span<float> state)
    {
        for (int i = 0; i < state.Length; i++)
            state[i] = _tape.State[i * LaneCount];
    }
}
