using System.Runtime.CompilerServices;

namespace LiquidControl.Neural.Kernels;

/// <summary>What every compiled form of a network says of itself, and which timespans it takes.</summary>
public abstract class CompiledNetwork
{
    private readonly bool _allowsZeroTimespan;

    private protected CompiledNetwork(NetworkArchitecture architecture, KernelPath path, float? constantTimespan)
    {
        Architecture = architecture;
        Path = path;
        ConstantTimespan = constantTimespan;
        InputSize = architecture.InputSize;
        StateSize = architecture.StateSize;
        OutputSize = architecture.OutputSize;
        _allowsZeroTimespan = architecture.AllowsZeroTimespan;
    }

    public NetworkArchitecture Architecture { get; }

    public KernelPath Path { get; }

    /// <summary>The only timespan it takes; null: any.</summary>
    public float? ConstantTimespan { get; }

    public int InputSize { get; }

    public int StateSize { get; }

    public int OutputSize { get; }

    /// <summary>Whether a timespan is right for certain; otherwise <see cref="CheckTimespan"/> says more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool IsTimespanFit(float timespan) => timespan > 0f && timespan <= float.MaxValue && ConstantTimespan is null;

    /// <summary>What is wrong with a timespan, if anything is.</summary>
    private protected StepResult CheckTimespan(float timespan)
    {
        if (!float.IsFinite(timespan)) return StepResult.TimespanNotFinite;
        if (timespan < 0f) return StepResult.TimespanNegative;
        if (timespan == 0f && !_allowsZeroTimespan) return StepResult.TimespanZero;
        return ConstantTimespan is float constant && timespan != constant ? StepResult.TimespanNotConstant : StepResult.Ok;
    }
}
