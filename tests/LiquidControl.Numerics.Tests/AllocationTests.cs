using Xunit;

namespace LiquidControl.Numerics.Tests;

public class AllocationTests
{
    [Fact]
    public void Nothing_in_the_hot_path_allocates()
    {
        RandomStream random = new(1);
        Exercise(random, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ulong hash = Exercise(random, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0UL, hash);
    }

    private static ulong Exercise(RandomStream random, int count)
    {
        StateHash hash = default;
        Span<double> values = stackalloc double[8];
        for (int i = 0; i < count; i++)
        {
            double x = random.Normal() * 1e3;
            Elementary.SinCos(x * 1e9, out values[0], out values[1]);
            values[2] = Elementary.Asin(values[0]) + Elementary.Acos(values[1]);
            values[3] = Elementary.Atan2(values[0], values[1]);
            values[4] = Elementary.Exp(values[2]);
            values[5] = Elementary.Log(values[4]);
            values[6] = Elementary.Tanh(x) + Elementary.Erf(x) + Elementary.Tanh((float)x);
            values[7] = random.NextInt(10) + random.Uniform(-1, 1);
            hash.Add(values);
        }

        return hash.Value;
    }
}
