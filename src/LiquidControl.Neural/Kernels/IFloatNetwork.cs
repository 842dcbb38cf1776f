namespace LiquidControl.Neural.Kernels;

/// <summary>
/// What one kind of network computes in a step, for <see cref="FloatKernel{TSimd, TVector, TNetwork}"/>: a structure, so that the compiler
/// makes one piece of straight code of kernel and network.
/// </summary>
internal unsafe interface IFloatNetwork
{
    /// <summary>Of the numbers of a step.</summary>
    StepLayout Layout { get; }

    /// <summary>Where each number of the state is in the layout.</summary>
    int[] Places { get; }

    /// <summary>Where the outputs are in the layout.</summary>
    int Output { get; }

    /// <summary>Working memory of <see cref="Advance"/>.</summary>
    int WorkLength { get; }

    /// <summary>Numbers that lead to a finite result.</summary>
    FiniteRange Range { get; }

    /// <summary>The step itself, on finite numbers.</summary>
    /// <param name="current">Input and old state.</param>
    /// <param name="next">New state and outputs.</param>
    /// <param name="work">Working memory.</param>
    /// <param name="timespan">Of the step.</param>
    void Advance(float* current, float* next, float* work, float timespan);
}
