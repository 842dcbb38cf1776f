using LiquidControl.Numerics;

namespace LiquidControl.Neural.Ode;

/// <summary>A synapse drawn at random with an input drawn at random, held piece by piece.</summary>
/// <param name="Synapse">The synapse.</param>
/// <param name="Start">x0, kept away from the reversal potential.</param>
/// <param name="Pieces">Durations and the inputs held over them.</param>
/// <param name="Last">The input at the end, which is the one that the closed form sees.</param>
public sealed record SynapseDraw(Synapse Synapse, double Start, (double Duration, double Input)[] Pieces, double Last)
{
    private const int SmoothPieces = 400;
    private const double LargestInput = 40.0;

    public double Time => Pieces.Sum(piece => piece.Duration);

    /// <summary>∫ f(I(s)) ds over the pieces.</summary>
    public double Integral => Pieces.Sum(piece => piece.Duration * Synapse.Activation(piece.Input));

    /// <summary>x - x̃ of equation (5) and the closed form, as a part of x0 - A.</summary>
    public double Error => (Synapse.Solution(Start, Integral, Time) - Synapse.ClosedForm(Start, Last, Time)) / (Start - Synapse.Reversal);

    /// <summary>
    /// Jumps of any number and height, the jump from one extreme to the other at the end of the window (the worst case of Lemma 1, both
    /// ways), and sines in fine pieces; windows from 1e-3 to 1e3, own rates from 1e-6 to 10.
    /// </summary>
    public static SynapseDraw From(RandomStream random)
    {
        Synapse synapse = new(LogUniform(random, 1e-6, 10.0), random.Uniform(-2.0, 2.0), random.Uniform(0.5, 8.0), random.Uniform(-1.0, 1.0));
        double start = synapse.Reversal + (random.NextInt(2) == 0 ? -1.0 : 1.0) * random.Uniform(0.1, 3.0);
        double time = LogUniform(random, 1e-3, 1e3);
        return random.NextInt(3) switch
        {
            0 => Jumps(random, synapse, start, time),
            1 => Worst(random, synapse, start, time),
            _ => Sine(random, synapse, start, time),
        };
    }

    private static SynapseDraw Jumps(RandomStream random, Synapse synapse, double start, double time)
    {
        double[] parts = [.. Enumerable.Range(0, 1 + random.NextInt(8)).Select(_ => random.Uniform(0.01, 1.0))];
        double whole = parts.Sum();
        (double, double)[] pieces = [.. parts.Select(part => (time * part / whole, random.Uniform(-3.0, 3.0)))];
        return new SynapseDraw(synapse, start, pieces, pieces[^1].Item2);
    }

    private static SynapseDraw Worst(RandomStream random, Synapse synapse, double start, double time)
    {
        double extreme = (random.NextInt(2) == 0 ? -1.0 : 1.0) * random.Uniform(0.0, LargestInput);
        return new SynapseDraw(synapse, start, [(time, extreme)], -extreme);
    }

    private static SynapseDraw Sine(RandomStream random, Synapse synapse, double start, double time)
    {
        double amplitude = random.Uniform(0.1, 3.0), rate = LogUniform(random, 0.1, 20.0) / time, phase = random.Uniform(0.0, 6.0);
        double duration = time / SmoothPieces;
        (double, double)[] pieces =
            [.. Enumerable.Range(0, SmoothPieces).Select(k => (duration, amplitude * Elementary.Sin(rate * (k + 0.5) * duration + phase)))];
        return new SynapseDraw(synapse, start, pieces, amplitude * Elementary.Sin(rate * time + phase));
    }

    private static double LogUniform(RandomStream random, double low, double high) =>
        Elementary.Exp(random.Uniform(Elementary.Log(low), Elementary.Log(high)));
}
