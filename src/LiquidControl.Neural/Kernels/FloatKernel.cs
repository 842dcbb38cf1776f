using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiquidControl.Neural.Kernels;

/// <summary>A float kernel: arguments are checked, then the network's step is computed, then its result is checked where that is needed.</summary>
internal sealed unsafe class FloatKernel<TSimd, TVector, TNetwork> : NetworkKernel
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TNetwork : struct, IFloatNetwork
{
    // Not readonly: the compiler, which does not see that the network is, would call into a copy.
    private TNetwork _network;
    private readonly float _provedInput;
    private readonly nint _input;
    private readonly nint _state;
    private readonly nint _stateEnd;
    private readonly nint _output;
    private readonly nint _inputBound;

    public FloatKernel(NetworkWeights weights, in TNetwork network, KernelPath path, float? constantTimespan)
        : base(weights.Architecture, path, constantTimespan)
    {
        _network = network;
        _provedInput = network.Range.Input;
        StepLayout layout = network.Layout;
        _input = layout.Input;
        _state = layout.State;
        _stateEnd = layout.State + layout.StateLength;
        _output = network.Output;
        _inputBound = layout.InputBound;
    }

    public override KernelState CreateState() =>
        new FloatKernelState(this, _network.Layout, _network.WorkLength, _network.Places, _network.Range);

    private protected override StepResult Evaluate(
        KernelState state, ReadOnlySpan<float> input, float timespan, Span<float> output, bool commits)
    {
        StepResult result = StepResult.Ok;
        if (!AreFit(state, input.Length, timespan, output.Length)) result = Check(state, input.Length, timespan, output.Length);
        if (result != StepResult.Ok) return result;
        // This kernel has made it.
        FloatKernelState own = Unsafe.As<FloatKernelState>(state);
        result = TryAdvance(own, ref MemoryMarshal.GetReference(input), timespan, ref MemoryMarshal.GetReference(output));
        if (result == StepResult.Ok && commits) own.Commit();
        return result;
    }

    private protected override StepResult RunSteps(
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
        if (!CopyBounded(ref input, current + _input, InputSize, current[_inputBound]))
            return TryAdvanceUnproved(state, ref input, timespan, ref output);
        _network.Advance(current, next, state.Work, timespan);
        next[_inputBound] = _provedInput;
        CopyOutput(next + _output, ref output, OutputSize);
        return StepResult.Ok;
    }

    /// <summary>A step whose result may turn out not to be finite.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private StepResult TryAdvanceUnproved(FloatKernelState state, ref float input, float timespan, ref float output)
    {
        float* current = state.Current;
        float* next = state.Next;
        if (!CopyFinite(ref input, current + _input, InputSize)) return StepResult.InputNotFinite;
        _network.Advance(current, next, state.Work, timespan);
        next[_inputBound] = _provedInput;
        if (!AreFinite(next + _state, next + _stateEnd)) return StepResult.ResultNotFinite;
        for (nint i = 0; i < OutputSize; i++)
        {
            if (!float.IsFinite(next[_output + i])) return StepResult.ResultNotFinite;
        }

        CopyOutput(next + _output, ref output, OutputSize);
        return StepResult.Ok;
    }

    /// <summary>Whether all are within a bound; if so, they have been copied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CopyBounded(ref float from, float* to, nint length, float bound)
    {
        TVector bounds = TSimd.Create(bound);
        nint i = 0;
        for (; i <= length - TSimd.Width; i += TSimd.Width)
        {
            TVector x = Unsafe.ReadUnaligned<TVector>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref from, i)));
            TSimd.Store(x, to + i);
            if (!TSimd.IsWithin(x, bounds)) return false;
        }

        for (; i < length; i++)
        {
            float x = Unsafe.Add(ref from, i);
            to[i] = x;
            // Also false where it is NaN.
            if (!(float.Abs(x) <= bound)) return false;
        }

        return true;
    }

    /// <summary>Whether all are finite; they are copied anyhow.</summary>
    private static bool CopyFinite(ref float from, float* to, nint length)
    {
        bool areFinite = true;
        for (nint i = 0; i < length; i++)
        {
            to[i] = Unsafe.Add(ref from, i);
            areFinite &= float.IsFinite(to[i]);
        }

        return areFinite;
    }

    /// <summary>Whether all are finite, in whole vectors.</summary>
    private static bool AreFinite(float* from, float* end)
    {
        TVector largest = TSimd.Create(float.MaxValue);
        for (; from < end; from += TSimd.Width)
        {
            if (!TSimd.IsWithin(TSimd.Load(from), largest)) return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyOutput(float* from, ref float to, nint length)
    {
        if (length == 4)
        {
            Vector128.Load(from).StoreUnsafe(ref to);
            return;
        }

        for (nint i = 0; i < length; i++) Unsafe.Add(ref to, i) = from[i];
    }
}
