using LiquidControl.Neural;

namespace LiquidControl.Control;

/// <summary>Holds a model's names of what goes in and comes out against those the controller has.</summary>
internal static class SignalNames
{
    /// <param name="file">Where the model came from.</param>
    /// <param name="what">Features or outputs.</param>
    /// <param name="found">The model's names.</param>
    /// <param name="expected">The controller's.</param>
    /// <param name="remedy">What to do if they differ.</param>
    /// <exception cref="ModelFormatException">They are not the same in the same order.</exception>
    public static void Require(string file, string what, IEnumerable<string> found, string[] expected, string remedy)
    {
        string[] names = [.. found];
        int i = 0;
        while (i < names.Length && i < expected.Length && names[i] == expected[i])
            i++;
        if (i == names.Length && i == expected.Length)
            return;
        throw new ModelFormatException(
            file, $"{what}, place {i + 1}", i < names.Length ? $"'{names[i]}'" : "no more", i < expected.Length ? $"'{expected[i]}'" : "no more",
            remedy);
    }
}
