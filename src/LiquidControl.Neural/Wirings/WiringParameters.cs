using System.Globalization;

namespace LiquidControl.Neural.Wirings;

/// <summary>Checks and reads the parameters of a wiring recipe under the names they have in the reference library.</summary>
/// <param name="file">Where the recipe came from.</param>
internal readonly struct WiringParameters(string file)
{
    /// <summary>Whole numbers up to here survive JSON, whose numbers other programs keep as double.</summary>
    public const long LargestSeed = (1L << 53) - 1;

    /// <summary>numpy.random.RandomState takes no larger seed.</summary>
    public const long LargestLegacySeed = uint.MaxValue;

    /// <summary>A seed of the member of that name; null is refused, since the reference library then draws a seed of its own.</summary>
    public static long ReadSeed(JsonPlace recipe, string name, long otherwise)
    {
        foreach ((string member, JsonPlace value) in recipe.Members())
        {
            if (member != name) continue;
            double seed = value.Number();
            return Math.Abs(seed) <= LargestSeed && Math.Truncate(seed) == seed ? (long)seed : throw value.Wrong("a whole number");
        }

        return otherwise;
    }

    public void Check(string name, long value, long least, long most, string remedy)
    {
        if (value >= least && value <= most) return;
        throw Wrong(name, value.ToString(CultureInfo.InvariantCulture), $"{least} to {most}", remedy);
    }

    public ModelFormatException Wrong(string name, string found, string expected, string remedy) =>
        new(file, $"wiring '{name}'", found, expected, remedy);

    public void CheckUnits(string name, long units, long least) =>
        Check(name, units, least, WiringRecipe.MostUnits, "Use a network of that size.");

    public void CheckOutputs(string name, int outputs, int units) =>
        Check(name, outputs, 1, units, "Use fewer outputs or more units: the outputs are some of the units.");

    public void CheckSeed(string name, long seed, long largest) => Check(name, seed, 0, largest, "Use another seed.");
}
