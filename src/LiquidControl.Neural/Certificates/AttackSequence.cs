using LiquidControl.Numerics;

namespace LiquidControl.Neural.Certificates;

/// <summary>Inputs and timespans of a run within a domain, drawn mostly from its corners, where extremes are.</summary>
internal sealed class AttackSequence
{
    private const int Longest = 32;

    private readonly CertificateDomain _domain;

    private AttackSequence(CertificateDomain domain, double[][] inputs, double[] timespans)
    {
        _domain = domain;
        Inputs = inputs;
        Timespans = timespans;
    }

    /// <summary>[step][input].</summary>
    public double[][] Inputs { get; }

    /// <summary>[step].</summary>
    public double[] Timespans { get; }

    public int Length => Timespans.Length;

    /// <summary>A run of any length up to a limit, its inputs held or drawn anew at each step.</summary>
    public static AttackSequence Draw(CertificateDomain domain, RandomStream random)
    {
        int length = 1 + random.NextInt(Longest);
        bool held = random.NextInt(2) == 0;
        double[][] inputs = new double[length][];
        double[] timespans = new double[length];
        for (int step = 0; step < length; step++)
        {
            bool again = held && step > 0;
            inputs[step] = again ? [.. inputs[0]] : [.. domain.Inputs.Select(range => Pick(range, random))];
            timespans[step] = again ? timespans[0] : PickTimespan(domain, random);
        }

        return new(domain, inputs, timespans);
    }

    /// <summary>The same with one input or the timespan changed: at one step, from it on, or throughout.</summary>
    public AttackSequence Mutated(RandomStream random)
    {
        double[][] inputs = [.. Inputs.Select(row => row.ToArray())];
        double[] timespans = [.. Timespans];
        int first = random.NextInt(Length);
        int end = random.NextInt(2) == 0 ? first + 1 : Length;
        if (random.NextInt(3) == 0) first = 0;
        int input = random.NextInt(_domain.Inputs.Length + 1);
        double value = input < _domain.Inputs.Length ? Pick(_domain.Inputs[input], random) : PickTimespan(_domain, random);
        for (int step = first; step < end; step++)
        {
            if (input < _domain.Inputs.Length) inputs[step][input] = value;
            else timespans[step] = value;
        }

        return new(_domain, inputs, timespans);
    }

    public static double Pick(Interval range, RandomStream random) => random.NextInt(5) switch
    {
        0 or 1 => range.Lower,
        2 or 3 => range.Upper,
        _ => Math.Clamp(random.Uniform(range.Lower, range.Upper), range.Lower, range.Upper),
    };

    /// <summary>A corner, or something between on a linear or logarithmic scale.</summary>
    public static double PickTimespan(CertificateDomain domain, RandomStream random)
    {
        if (domain.TimespanMin <= 0.0 || random.NextInt(4) != 0) return Pick(new(domain.TimespanMin, domain.TimespanMax), random);
        double ratio = Elementary.Log(domain.TimespanMax / domain.TimespanMin);
        return Math.Clamp(domain.TimespanMin * Elementary.Exp(ratio * random.NextDouble()), domain.TimespanMin, domain.TimespanMax);
    }
}
