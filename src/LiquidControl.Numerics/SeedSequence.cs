namespace LiquidControl.Numerics;

/// <summary>
/// numpy.random.SeedSequence: hashes a seed of any size into a pool of 128 bits and that into a generator's state, so that seeds close to
/// each other give unrelated states (O'Neill 2015, "Developing a seed_seq alternative"; constants as in numpy's bit_generator.pyx).
/// </summary>
internal static class SeedSequence
{
    private const int PoolLength = 4;
    private const int HalfWord = 16;

    /// <summary>SeedSequence(seed).generate_state(state.Length, uint64).</summary>
    public static void GenerateState(ulong seed, Span<ulong> state)
    {
        Span<uint> pool = stackalloc uint[PoolLength];
        FillPool(seed, pool);
        uint constant = 0x8B51_F9DD;
        for (int i = 0; i < state.Length; i++)
        {
            uint low = Hash(pool[2 * i % PoolLength], ref constant, 0x58F3_8DED);
            uint high = Hash(pool[(2 * i + 1) % PoolLength], ref constant, 0x58F3_8DED);
            state[i] = (ulong)high << 32 | low;
        }
    }

    private static void FillPool(ulong seed, Span<uint> pool)
    {
        const uint Multiplier = 0x931E_8875;
        uint constant = 0x43B0_D7E5;
        // The seed's words, lowest first; numpy's missing words hash like zeros.
        for (int i = 0; i < PoolLength; i++) pool[i] = Hash(i < 2 ? (uint)(seed >> (32 * i)) : 0, ref constant, Multiplier);
        for (int source = 0; source < PoolLength; source++)
        {
            for (int target = 0; target < PoolLength; target++)
            {
                if (source == target) continue;
                uint mixed = 0xCA01_F9DD * pool[target] - 0x4973_F715 * Hash(pool[source], ref constant, Multiplier);
                pool[target] = mixed ^ (mixed >> HalfWord);
            }
        }
    }

    private static uint Hash(uint value, ref uint constant, uint multiplier)
    {
        value ^= constant;
        constant *= multiplier;
        value *= constant;
        return value ^ (value >> HalfWord);
    }
}
