namespace LiquidControl.Neural.Certificates;

/// <summary><see cref="MixedMemory{T}"/> over ranges.</summary>
/// <remarks>
/// A memory cell is an integrator that leaks: c' = c f + v with f = σ(fg + forget bias) and v = tanh(i) σ(ig). Inputs and neurons are bounded,
/// so f stays below some s &lt; 1 and v within [-p, q], and from c = 0 on c stays within [-p / (1 - s), q / (1 - s)], by induction. So a memory
/// cell has a bound of its own, in general far above ±1.
/// </remarks>
internal sealed class RangedMemory : RangedStep
{
    private readonly RangedStep _neurons;
    private readonly Rounding _rounding;
    private readonly RangedLayer _inputMap;
    private readonly RangedLayer _recurrentMap;
    private readonly Interval _forgetBias;
    private readonly bool _feedsState;

    public RangedMemory(NetworkWeights weights, RangedStep neurons, Rounding rounding)
    {
        _neurons = neurons;
        _rounding = rounding;
        _inputMap = RangedLayer.Read(weights, LstmKeys.InputMap, rounding);
        _recurrentMap = RangedLayer.Read(weights, LstmKeys.RecurrentMap, rounding);
        _forgetBias = Interval.Point(rounding.Stored(weights.Architecture.ForgetGateBias));
        _feedsState = weights.Architecture.Memory == MemoryCoupling.State;
    }

    public override string? Obstacle => _neurons.Obstacle;

    public override Interval[] Seed => [.. _neurons.Seed, .. new Interval[_neurons.Seed.Length]];

    public override string WhyUnbounded(int state)
    {
        int neurons = _neurons.Seed.Length;
        return state < neurons
            ? _neurons.WhyUnbounded(state)
            : $"memory cell {state - neurons}: its forget gate is not proved to stay below 1, so it may add up what it is given without end";
    }

    public override RangedResult Advance(Ranged[] input, Ranged[] state)
    {
        int units = state.Length / 2;
        Ranged[] hidden = state[..units];
        Ranged[] gates = _inputMap.Apply(input, _rounding);
        Ranged[] recurrent = _recurrentMap.Apply(hidden, _rounding);
        for (int i = 0; i < gates.Length; i++) gates[i] = Sum(gates[i], recurrent[i]);
        Ranged[] cells = new Ranged[units];
        Ranged[] memory = new Ranged[units];
        for (int i = 0; i < units; i++)
        {
            Ranged candidate = RangedFunctions.Tanh(gates[i], _rounding);
            Ranged inputGate = RangedFunctions.Sigmoid(gates[units + i], _rounding);
            Ranged biased = new(_rounding.Round(gates[2 * units + i].Value + _forgetBias), gates[2 * units + i].Slopes);
            Ranged forgetGate = RangedFunctions.Sigmoid(biased, _rounding);
            Ranged outputGate = RangedFunctions.Sigmoid(gates[3 * units + i], _rounding);
            cells[i] = Remember(state[units + i], forgetGate, Product(candidate, inputGate));
            memory[i] = Product(RangedFunctions.Tanh(cells[i], _rounding), outputGate);
        }

        RangedResult result = _feedsState ? _neurons.Advance(input, memory) : _neurons.Advance(memory, hidden);
        return new([.. result.State, .. cells], result.Output);
    }

    private Ranged Remember(Ranged cell, Ranged forgetGate, Ranged addition)
    {
        Interval kept = cell.Value * forgetGate.Value;
        Interval value = _rounding.Widen(kept + addition.Value, (kept.Absolute + addition.Value.Absolute).Upper, 3);
        // What is reachable lies in both; slopes, though, are asked for between any two states of the range.
        if (cell.Slopes.Length == 0) value = value.Intersect(Reachable(forgetGate.Value, addition.Value));
        Interval[] slopes = Ranged.Sum(cell.Scaled(forgetGate.Value), Ranged.Sum(forgetGate.Scaled(cell.Value), addition.Slopes));
        return new(value, slopes);
    }

    private Interval Reachable(Interval forgetGate, Interval addition)
    {
        Interval kept = _rounding.Round(forgetGate, 3);
        Interval added = _rounding.Round(addition, 3).Hull(default);
        if (kept.Upper >= 1.0) return Interval.Entire;
        Interval room = Interval.Point(1.0) - Interval.Point(kept.Upper);
        return added / room;
    }

    private Ranged Sum(Ranged a, Ranged b) => new(_rounding.Round(a.Value + b.Value), Ranged.Sum(a.Slopes, b.Slopes));

    private Ranged Product(Ranged a, Ranged b) =>
        new(_rounding.Round(a.Value * b.Value), Ranged.Sum(a.Scaled(b.Value), b.Scaled(a.Value)));
}
