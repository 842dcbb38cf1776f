using System.Globalization;
using LiquidControl.Benchmarks.Harness;
using LiquidControl.Neural;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>A way to step a network on <see cref="KernelInputs"/>, held against the same network in double.</summary>
internal abstract class KernelVariant : Variant
{
    private readonly NetworkWeights _weights;
    private readonly double _tolerance;

    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double over a turn of inputs.</param>
    protected KernelVariant(NetworkWeights weights, double tolerance)
    {
        _weights = weights;
        _tolerance = tolerance;
        InputSize = weights.Architecture.InputSize;
        OutputSize = weights.Architecture.OutputSize;
        Inputs = GC.AllocateArray<float>(KernelInputs.Count * InputSize, pinned: true);
        KernelInputs.Fill(Inputs);
        Outputs = GC.AllocateArray<float>(KernelInputs.Count * OutputSize, pinned: true);
    }

    protected int InputSize { get; }

    protected int OutputSize { get; }

    /// <summary>[step][input]; pinned, as the outputs are.</summary>
    protected float[] Inputs { get; }

    /// <summary>[step][output], of the turn before where this turn has not come yet.</summary>
    protected float[] Outputs { get; }

    /// <summary>The step of a turn that comes next.</summary>
    protected int Next { get; set; }

    /// <summary>An LTC evaluates its equation once an unfold.</summary>
    public sealed override double? EvaluationsPerStep => (_weights.Architecture as LtcArchitecture)?.OdeUnfolds;

    public sealed override void Check()
    {
        Next = 0;
        Reset();
        Run(KernelInputs.Count);
        double worst = 0.0;
        int place = 0;
        double[] expected = Expected();
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(Outputs[i] - expected[i]);
            if (error <= worst) continue;
            worst = error;
            place = i;
        }

        // Also false where an output is no number.
        if (worst <= _tolerance && Array.TrueForAll(Outputs, float.IsFinite)) return;
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"step {place / OutputSize}, output {place % OutputSize}: found {Outputs[place]}, expected {expected[place]} ± {_tolerance}."));
    }

    /// <summary>Puts the state to zero.</summary>
    protected abstract void Reset();

    private double[] Expected()
    {
        SampledNetwork<double> network = new(Network<double>.Create(_weights));
        double[] expected = new double[Outputs.Length];
        for (int step = 0; step < KernelInputs.Count; step++)
        {
            double[] input = [.. Inputs.AsSpan(step * InputSize, InputSize).ToArray().Select(value => (double)value)];
            network.Step(input, KernelInputs.Timespan);
            network.Output.CopyTo(expected.AsSpan(step * OutputSize));
        }

        return expected;
    }
}
