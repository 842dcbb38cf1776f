using System.Globalization;
using Xunit;

namespace LiquidControl.Numerics.Tests;

/// <summary>Both of numpy's generators against numpy 1.24.2; reference/numpy_draws.py makes the references.</summary>
public class NumpyDrawsTests
{
    [Theory]
    [InlineData("legacy", "words", 5)]
    [InlineData("legacy", "interval", 45)]
    [InlineData("legacy", "choice", 30)]
    [InlineData("generator", "long-words", 7)]
    [InlineData("generator", "interval", 63)]
    [InlineData("generator", "choice", 84)]
    public void Every_draw_is_the_one_numpy_makes(string generator, string draw, int lines)
    {
        int checkedLines = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "reference", "numpy_draws.txt")))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[0] != generator || fields[2] != draw) continue;
            int colon = Array.IndexOf(fields, ":");
            ulong seed = Number(fields[1]);
            ulong[] arguments = [.. fields[3..colon].Select(Number)];
            (ulong[] numbers, uint next) = generator == "legacy" ? Legacy(seed, draw, arguments) : Modern(seed, draw, arguments);

            string[] summary =
            [
                $"{numbers.Length}", $"{numbers.Aggregate(0UL, (fold, number) => unchecked(31 * fold + number))}",
                .. numbers.Take(8).Select(number => $"{number}"), ";", $"{next}",
            ];
            Assert.True(fields.AsSpan(colon + 1).SequenceEqual(summary), $"{line}\ngot {string.Join(' ', summary)}");
            checkedLines++;
        }

        Assert.Equal(lines, checkedLines);
    }

    /// <summary>Seed 5489, by which implementations are compared; the C++ standard requires the 10000th word.</summary>
    [Fact]
    public void The_first_and_the_ten_thousandth_word_are_those_of_the_published_Mersenne_twister()
    {
        LegacyRandomState state = new(5489);
        Assert.Equal(3_499_211_612, state.NextUInt32());
        for (int i = 2; i < 10_000; i++) state.NextUInt32();
        Assert.Equal(4_123_659_995, state.NextUInt32());
    }

    /// <summary>numpy.random.PCG64(0xDEADBEAF).random_raw(3), the seed of numpy's own test vectors.</summary>
    [Fact]
    public void The_first_words_of_the_generator_are_those_of_numpy()
    {
        NumpyGenerator generator = new(0xDEADBEAF);
        ulong[] expected = [0x60D24054E17A0698, 0xD5E79D89856E4F12, 0xD254972FE64BD782];
        foreach (ulong word in expected) Assert.Equal(word, generator.NextUInt64());
    }

    [Fact]
    public void A_64_bit_word_leaves_the_kept_half_of_the_one_before()
    {
        NumpyGenerator words = new(3);
        NumpyGenerator halves = new(3);
        ulong first = words.NextUInt64();
        ulong second = words.NextUInt64();
        Assert.Equal((uint)first, halves.NextUInt32());
        Assert.Equal(second, halves.NextUInt64());
        Assert.Equal((uint)(first >> 32), halves.NextUInt32());
        Assert.Equal((uint)words.NextUInt64(), halves.NextUInt32());
    }

    [Fact]
    public void The_full_range_takes_a_word_as_it_is()
    {
        Assert.Equal(new LegacyRandomState(3).NextUInt32(), new LegacyRandomState(3).Interval(uint.MaxValue));
        Assert.Equal(new NumpyGenerator(3).NextUInt32(), new NumpyGenerator(3).Interval(uint.MaxValue));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, -1)]
    [InlineData(3, 4)]
    [InlineData(20_000, 20_001)]
    public void More_than_there_is_cannot_be_chosen(int population, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LegacyRandomState(1).Choice(population, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumpyGenerator(1).Choice(population, count));
    }

    private static (ulong[] Numbers, uint Next) Legacy(ulong seed, string draw, ulong[] arguments)
    {
        LegacyRandomState state = new((uint)seed);
        ulong[] numbers = draw switch
        {
            "words" => Repeat(arguments[0], () => state.NextUInt32()),
            "interval" => Repeat(arguments[1], () => state.Interval((uint)arguments[0])),
            _ => [.. state.Choice((int)arguments[0], (int)arguments[1]).Select(number => (ulong)number)],
        };
        return (numbers, state.NextUInt32());
    }

    private static (ulong[] Numbers, uint Next) Modern(ulong seed, string draw, ulong[] arguments)
    {
        NumpyGenerator generator = new(seed);
        ulong[] numbers = draw switch
        {
            "long-words" => Repeat(arguments[0], generator.NextUInt64),
            "interval" => Repeat(arguments[1], () => generator.Interval((uint)arguments[0])),
            _ => [.. generator.Choice((int)arguments[0], (int)arguments[1]).Select(number => (ulong)number)],
        };
        return (numbers, generator.NextUInt32());
    }

    private static ulong[] Repeat(ulong count, Func<ulong> draw)
    {
        ulong[] numbers = new ulong[count];
        foreach (ref ulong number in numbers.AsSpan()) number = draw();
        return numbers;
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
