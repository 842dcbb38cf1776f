using LiquidControl.Numerics;

namespace LiquidControl.Replay;

/// <summary>Random streams, and the elementary functions on arguments of every size.</summary>
internal static class NumericsReplay
{
    private const int Count = 10_000;

    private static readonly (string Name, Func<double, double, double> Evaluate)[] Functions =
    [
        ("sin", (x, _) => Elementary.Sin(x)),
        ("cos", (x, _) => Elementary.Cos(x)),
        ("asin", (x, _) => Elementary.Asin(x)),
        ("acos", (x, _) => Elementary.Acos(x)),
        ("atan2", Elementary.Atan2),
        ("exp", (x, _) => Elementary.Exp(x)),
        ("log", (x, _) => Elementary.Log(x)),
        ("tanh", (x, _) => Elementary.Tanh(x)),
        ("sigmoid", (x, _) => Elementary.Sigmoid(x)),
        ("erf", (x, _) => Elementary.Erf(x)),
    ];

    public static IEnumerable<ReplayCase> Cases { get; } =
    [
        new("numerics", "random-stream", "draws", 1, () => Draws(1)),
        .. Functions.Select(function => new ReplayCase("numerics", function.Name, "all-sizes", 1, () => Sweep(function.Evaluate, 1))),
    ];

    private static ulong Draws(ulong seed)
    {
        RandomStream random = new(seed);
        StateHash hash = new();
        for (int i = 0; i < Count; i++)
        {
            hash.Add(random.NextUInt64());
            hash.Add(random.NextDouble());
            hash.Add(random.Uniform(-3.0, 7.0));
            hash.Add((long)random.NextInt(i + 1));
            hash.Add(random.Normal());
        }

        hash.Add(random.Fork(2).NextUInt64());
        return hash.Value;
    }

    private static ulong Sweep(Func<double, double, double> function, ulong seed)
    {
        RandomStream random = new(seed);
        StateHash hash = new();
        for (int i = 0; i < Count; i++)
        {
            // Any bits at all (subnormal, huge, infinite, not a number), then the sizes a robot meets.
            hash.Add(function(AnyDouble(random), AnyDouble(random)));
            hash.Add(function(random.Uniform(-1.0, 1.0), random.Uniform(-1.0, 1.0)));
            hash.Add(function(random.Uniform(-30.0, 30.0), random.Uniform(-30.0, 30.0)));
        }

        return hash.Value;
    }

    private static double AnyDouble(RandomStream random) => BitConverter.UInt64BitsToDouble(random.NextUInt64());
}
