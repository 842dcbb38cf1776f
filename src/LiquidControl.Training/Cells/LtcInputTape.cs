using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiquidControl.Training.Cells;

/// <summary>The input mapping of an LTC: a factor and an offset for each input, where the network has them.</summary>
internal sealed class LtcInputTape<T> where T : struct, INumber<T>
{
    private readonly LtcLayout _layout;
    private readonly int _row;
    private readonly T[] _inputs;
    private readonly T[] _mapped;
    private readonly T[] _weightGradient;
    private readonly T[] _biasGradient;

    public LtcInputTape(LtcLayout layout, int capacity)
    {
        _layout = layout;
        _row = layout.InputSize * Lanes.Count;
        _inputs = new T[capacity * _row];
        _mapped = new T[capacity * _row];
        _weightGradient = new T[_row];
        _biasGradient = new T[_row];
    }

    /// <summary>Gradients start from nothing.</summary>
    public void BeginBackward()
    {
        Array.Clear(_weightGradient);
        Array.Clear(_biasGradient);
    }

    /// <summary>What the synapses read in a step, after <see cref="Forward"/>.</summary>
    public Span<T> Mapped(int step) => _mapped.AsSpan(step * _row, _row);

    public void Forward(ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> input)
    {
        input.CopyTo(_inputs.AsSpan(step * _row));
        ref T source = ref Lanes.Origin(input, _row);
        ref T sink = ref Lanes.Origin<T>(Mapped(step), _row);
        for (int i = 0; i < _row; i += Vector256<T>.Count)
        {
            int place = i / Lanes.Count;
            T bias = _layout.InputBias == LinearBlock.None ? T.Zero : parameters[_layout.InputBias + place];
            Vector256<T> weight = Vector256.Create(Weight(parameters, place));
            Lanes.Store(Lanes.MultiplyAdd(weight, Lanes.Load(ref source, i), Vector256.Create(bias)), ref sink, i);
        }
    }

    /// <summary>From the gradient of what the synapses read to that of the input, which is overwritten if it is asked for.</summary>
    public void Backward(ReadOnlySpan<T> parameters, int step, ReadOnlySpan<T> mappedGradient, Span<T> inputGradient)
    {
        ref T d = ref Lanes.Origin(mappedGradient, _row);
        ref T input = ref Lanes.Origin<T>(_inputs.AsSpan(step * _row), _row);
        ref T weight = ref _weightGradient[0], bias = ref _biasGradient[0];
        for (int i = 0; i < _row; i += Vector256<T>.Count)
        {
            Vector256<T> gradient = Lanes.Load(ref d, i);
            Lanes.Store(Lanes.MultiplyAdd(gradient, Lanes.Load(ref input, i), Lanes.Load(ref weight, i)), ref weight, i);
            Lanes.Store(Lanes.Load(ref bias, i) + gradient, ref bias, i);
        }

        for (int i = 0; i < inputGradient.Length; i++)
            inputGradient[i] = Weight(parameters, i / Lanes.Count) * mappedGradient[i];
    }

    /// <summary>Adds the gradients kept since <see cref="BeginBackward"/>.</summary>
    public void AddKept(Span<T> gradient)
    {
        for (int i = 0; i < _layout.InputSize; i++)
        {
            if (_layout.InputWeight != LinearBlock.None)
                gradient[_layout.InputWeight + i] += Lanes.RowSum<T>(_weightGradient, i);
            if (_layout.InputBias != LinearBlock.None)
                gradient[_layout.InputBias + i] += Lanes.RowSum<T>(_biasGradient, i);
        }
    }

    private T Weight(ReadOnlySpan<T> parameters, int input) =>
        _layout.InputWeight == LinearBlock.None ? T.One : parameters[_layout.InputWeight + input];
}
