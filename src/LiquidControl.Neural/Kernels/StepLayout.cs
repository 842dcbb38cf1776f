namespace LiquidControl.Neural.Kernels;

/// <summary>
/// Where a float kernel keeps the numbers of one step, in floats: the input right before the neurons' state, so that both are one vector to the
/// first layer, and the neurons on a cache line's start; then the memory's cells, if there are any, and the outputs.
/// </summary>
internal sealed class StepLayout
{
    /// <summary>Floats in a cache line.</summary>
    private const int Line = 16;

    /// <summary>A block of neurons is written whole.</summary>
    private const int Block = 8;

    /// <param name="inputs">Of the network.</param>
    /// <param name="neurons">Of the network.</param>
    /// <param name="cells">Of the memory; 0: there is none.</param>
    /// <param name="outputs">As they are written; 0: the outputs are neurons.</param>
    public StepLayout(int inputs, int neurons, int cells, int outputs)
    {
        State = Align(inputs);
        Input = State - inputs;
        // The last block of neurons need not start at a multiple of its length.
        Memory = Align(State + neurons + Block);
        Output = Align(Memory + cells);
        Length = Align(Output + outputs + Block + 1);
        StateLength = cells == 0 ? (neurons + Block - 1) / Block * Block : Output - State;
    }

    public int Input { get; }

    public int State { get; }

    /// <summary>From the first neuron to the last cell, in whole blocks; what belongs to none of them is zero.</summary>
    public int StateLength { get; }

    public int Memory { get; }

    public int Output { get; }

    /// <summary>Where the largest magnitude stands that an input may have for the result to be finite for certain.</summary>
    public int InputBound => Length - 1;

    public int Length { get; }

    /// <summary>Where each number of the state is: the neurons, then the memory's cells.</summary>
    /// <param name="order">The neuron at each place of the kernel's state.</param>
    /// <param name="hasMemory">Whether there are cells.</param>
    public int[] Places(ReadOnlySpan<int> order, bool hasMemory)
    {
        int[] places = new int[hasMemory ? 2 * order.Length : order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = State + i;
            if (hasMemory) places[order.Length + order[i]] = Memory + i;
        }

        return places;
    }

    /// <summary>Up to a whole number of cache lines.</summary>
    public static int Align(int length) => (length + Line - 1) / Line * Line;
}
