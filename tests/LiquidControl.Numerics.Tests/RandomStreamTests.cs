using Xunit;

namespace LiquidControl.Numerics.Tests;

public class RandomStreamTests
{
    /// <summary>
    /// xoshiro256++ 1.0 with its state filled by SplitMix64: words computed with an independent transcription of the authors' reference
    /// C (prng.di.unimi.it) in Python integers, reference/random_words.py.
    /// </summary>
    [Theory]
    [InlineData(0x0UL, new ulong[] { 0x53175D61490B23DF, 0x61DA6F3DC380D507, 0x5C0FDF91EC9A7BFC, 0x02EEBF8C3BBE5E1A, 0x7ECA04EBAF4A5EEA })]
    [InlineData(0x2AUL, new ulong[] { 0xD0764D4F4476689F, 0x519E4174576F3791, 0xFBE07CFB0C24ED8C, 0xB37D9F600CD835B8, 0xCB231C3874846A73 })]
    [InlineData(ulong.MaxValue, new ulong[] { 0x56CCF8CE948E27B2, 0xE68588432E5A5B90, 0xE3E9B5A48119CA8B, 0x460F19495532AE73, 0xA7D62040EA9263E1 })]
    public void The_first_words_are_those_of_the_published_generator(ulong seed, ulong[] expected)
    {
        RandomStream random = new(seed);
        foreach (ulong word in expected) Assert.Equal(word, random.NextUInt64());
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_of_their_distribution()
    {
        RandomStream random = new(1);
        double sum = 0.0;
        double squares = 0.0;
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            double u = random.NextDouble();
            Assert.InRange(u, 0.0, Math.BitDecrement(1.0));
            sum += u;
            squares += u * u;
        }

        Assert.Equal(0.5, sum / Count, 0.003);
        Assert.Equal(1.0 / 3.0, squares / Count, 0.003);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_the_tails_of_their_distribution()
    {
        RandomStream random = new(2);
        double m1 = 0.0;
        double m2 = 0.0;
        double m3 = 0.0;
        double m4 = 0.0;
        int beyondTwo = 0;
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            double z = random.Normal();
            m1 += z;
            m2 += z * z;
            m3 += z * z * z;
            m4 += z * z * z * z;
            if (Math.Abs(z) > 2.0) beyondTwo++;
        }

        // Five standard errors of each moment.
        Assert.Equal(0.0, m1 / Count, 0.012);
        Assert.Equal(1.0, m2 / Count, 0.016);
        Assert.Equal(0.0, m3 / Count, 0.044);
        Assert.Equal(3.0, m4 / Count, 0.11);
        Assert.Equal(0.0455, beyondTwo / (double)Count, 0.0025);
    }

    [Fact]
    public void Integers_are_in_range_and_evenly_spread()
    {
        RandomStream random = new(3);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        Assert.Equal(0, random.NextInt(1));
        Assert.InRange(random.NextInt(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void A_fork_depends_on_seed_and_key_and_not_on_what_was_drawn()
    {
        RandomStream random = new(4);
        ulong before = random.Fork(9).NextUInt64();
        for (int i = 0; i < 100; i++) random.NextUInt64();
        Assert.Equal(before, random.Fork(9).NextUInt64());
        Assert.NotEqual(before, random.Fork(10).NextUInt64());
        Assert.NotEqual(before, new RandomStream(5).Fork(9).NextUInt64());
        Assert.NotEqual(random.Fork(1).Fork(2).NextUInt64(), random.Fork(2).Fork(1).NextUInt64());

        HashSet<ulong> seeds = [];
        for (ulong seed = 0; seed < 100; seed++)
        {
            for (ulong key = 0; key < 100; key++) Assert.True(seeds.Add(new RandomStream(seed).Fork(key).Seed));
        }
    }

    [Fact]
    public void Forked_streams_are_uncorrelated()
    {
        RandomStream root = new(6);
        RandomStream a = root.Fork(0);
        RandomStream b = root.Fork(1);
        double product = 0.0;
        const int Count = 100_000;
        for (int i = 0; i < Count; i++) product += a.Normal() * b.Normal();
        Assert.Equal(0.0, product / Count, 0.016);
    }
}
