using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>What the float kernels of all kinds of network share: arguments are checked, then the step is computed, then its result.</summary>
internal abstract unsafe class FloatKernel<TSimd, TVector> : NetworkKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private StepLayout _layout = null!;
    private int[] _places = null!;
    private int _workLength;
    private nint _input;
    private nint _state;
    private nint _stateEnd;
    private nint _output;

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
        _input = layout.Input;
        _state = layout.State;
        _stateEnd = layout.State + layout.StateLength;
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
        // This kernel has made it.
        FloatKernelState own = Unsafe.As<FloatKernelState>(state);
        result = TryAdvance(own, ref MemoryMarshal.GetReference(input), timespan, ref MemoryMarshal.GetReference(output));
        if (result == StepResult.Ok && commits) own.Commit();
        return result;
    }

    private protected sealed override StepResult RunSteps(
        KernelState state, ReadOnlySpan<float> inputs, float timespan, Span<float> outputs, out int steps)
    {
        FloatKernelState own = Unsafe.As<FloatKernelState>(state);
        ref float input = ref MemoryMarshal.GetReference(inputs);
        ref float output = ref MemoryMarshal.GetReference(outputs);
        int count = outputs.Length / OutputSize;
        StepResult result = StepResult.Ok;
        for (steps = 0; steps < count; steps++)
        {
            result = TryAdvance(own, ref input, timespan, ref output);
            if (result != StepResult.Ok) break;
            own.Commit();
            input = ref Unsafe.Add(ref input, InputSize);
            output = ref Unsafe.Add(ref output, OutputSize);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StepResult TryAdvance(FloatKernelState state, ref float input, float timespan, ref float output)
    {
        float* current = state.Current;
        float* next = state.Next;
        if (!CopyFinite(ref input, current + _input, InputSize)) return StepResult.InputNotFinite;
        Advance(current, next, state.Work, timespan);
        return AreFinite(next + _state, next + _stateEnd) && CopyOutput(next + _output, ref output, OutputSize)
            ? StepResult.Ok : StepResult.ResultNotFinite;
    }

    /// <summary>Whether all are finite; they are copied anyhow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CopyFinite(ref float from, float* to, nint length)
    {
        // Zero times a number that is not finite is NaN, and stays so.
        TVector zero = TSimd.Create(0f), sum = zero;
        nint i = 0;
        for (; i <= length - TSimd.Width; i += TSimd.Width)
        {
            TVector x = Unsafe.ReadUnaligned<TVector>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref from, i)));
            TSimd.Store(x, to + i);
            sum = TSimd.MultiplyAdd(x, zero, sum);
        }

        for (; i < length; i++)
        {
            to[i] = Unsafe.Add(ref from, i);
            sum = TSimd.MultiplyAdd(TSimd.Create(to[i]), zero, sum);
        }

        return TSimd.IsOrdered(sum);
    }

    /// <summary>Whether all are finite, in whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreFinite(float* from, float* end)
    {
        TVector zero = TSimd.Create(0f), sum = zero;
        do
        {
            sum = TSimd.MultiplyAdd(TSimd.Load(from), zero, sum);
            from += TSimd.Width;
        }
        while (from < end);
        return TSimd.IsOrdered(sum);
    }

    /// <summary>Copies outputs, unless one is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CopyOutput(float* from, ref float to, nint length)
    {
        if (length == 4)
        {
            Vector128<float> four = Vector128.Load(from);
            if (!Simd128.IsOrdered(four * Vector128<float>.Zero)) return false;
            four.StoreUnsafe(ref to);
            return true;
        }

        for (nint i = 0; i < length; i++)
        {
            if (!float.IsFinite(from[i])) return false;
        }

        for (nint i = 0; i < length; i++) Unsafe.Add(ref to, i) = from[i];
        return true;
    }
}
