namespace LiquidControl.Numerics;

/// <summary>
/// The SplitMix64 mixing function (Steele, Lea and Flood 2014, constants of Stafford's variant 13): a bijection of 64-bit words that
/// changes about half of the output bits for each changed input bit.
/// </summary>
internal static class SplitMix64
{
    /// <summary>2^64 divided by the golden ratio, odd.</summary>
    public const ulong Increment = 0x9E37_79B9_7F4A_7C15;

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>Advances a SplitMix64 stream and returns its next word.</summary>
    public static ulong Next(ref ulong state) => Mix(state += Increment);
}
