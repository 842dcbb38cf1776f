namespace LiquidControl.Neural.Kernels;

/// <summary>What the float kernels of all kinds of network share: arguments are checked, then the step is computed, then its result.</summary>
internal abstract unsafe class FloatKernel<TSimd, TVector> : NetworkKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private StepLayout _layout = null!;
    private int[] _places = null!;
    private int _workLength;
    private int _output;

    private protected FloatKernel(NetworkWeights weights, KernelPath path, float? constantTimespan)
        : base(weights.Architecture, path, constantTimespan)
    {
    }

    public sealed override KernelState CreateState() => new FloatKernelState(this, _layout.Length, _workLength, _places);

    /// <summary>Where the kernel keeps its numbers: to be said once, at the end of construction.</summary>
    /// <param name="layout">Of the numbers of a step.</param>
    /// <param name="places">Where each number of the state is.</param>
    /// <param name="output">Where the outputs are.</param>
    /// <param name="workLength">Working memory of <see cref="Advance"/>.</param>
    private protected void Place(StepLayout layout, int[] places, int output, int workLength)
    {
        _layout = layout;
        _places = places;
        _output = output;
        _workLength = workLength;
    }

    /// <summary>The step itself, on finite numbers.</summary>
    /// <param name="current">Input and old state.</param>
    /// <param name="next">New state and outputs.</param>
    /// <param name="work">Working memory.</param>
    /// <param name="timespan">Of the step.</param>
    private protected abstract void Advance(float* current, float* next, float* work, float timespan);

    private protected sealed override StepResult Evaluate(
        KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output, bool commits)
    {
        StepResult result = Check(state, input.Length, timespan, output.Length);
        if (result != StepResult.Ok) return result;
        var own = (FloatKernelState)state;
        float* next = own.Next;
        if (!CopyFinite(input, own.Current + _layout.Input)) return StepResult.InputNotFinite;
        Advance(own.Current, next, own.Work, timespan);
        if (!AreFinite(next + _layout.State, next + _layout.Length)) return StepResult.ResultNotFinite;
        new ReadOnlySpan<float>(next + _output, OutputSize).CopyTo(output);
        if (commits) own.Commit();
        return StepResult.Ok;
    }

    /// <summary>Whether all are finite; they are copied anyhow.</summary>
    private static bool CopyFinite(ReadOnlySpan<float> from, float* to)
    {
        // Zero times a number that is not finite is NaN, and stays so.
        TVector zero = TSimd.Create(0f), sum = zero;
        fixed (float* source = from)
        {
            int i = 0;
            for (; i <= from.Length - TSimd.Width; i += TSimd.Width)
            {
                TVector x = TSimd.Load(source + i);
                TSimd.Store(x, to + i);
                sum = TSimd.MultiplyAdd(x, zero, sum);
            }

            float rest = 0f;
            for (; i < from.Length; i++)
            {
                to[i] = source[i];
                rest = float.FusedMultiplyAdd(source[i], 0f, rest);
            }

            return TSimd.IsOrdered(sum) && !float.IsNaN(rest);
        }
    }

    private static bool AreFinite(float* from, float* end)
    {
        TVector zero = TSimd.Create(0f), sum = zero;
        for (; from < end; from += TSimd.Width) sum = TSimd.MultiplyAdd(TSimd.Load(from), zero, sum);
        return TSimd.IsOrdered(sum);
    }
}
