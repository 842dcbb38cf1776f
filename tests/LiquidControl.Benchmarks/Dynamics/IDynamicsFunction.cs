using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>One of our functions, as a type so that the loop over its calls has no call in between.</summary>
internal interface IDynamicsFunction
{
    /// <summary>As people call it.</summary>
    static abstract string Name { get; }

    /// <summary>KDL's counterpart in native/kdl.cpp.</summary>
    static abstract string KdlExport { get; }

    /// <summary>Numbers a call computes.</summary>
    static abstract int ResultSize(int jointCount);

    /// <param name="model">The arm.</param>
    /// <param name="workspace">Its intermediate results.</param>
    /// <param name="q">rad.</param>
    /// <param name="qd">rad/s.</param>
    /// <param name="third">What the function wants besides.</param>
    /// <param name="result">Of ResultSize numbers.</param>
    static abstract void Call(
        RigidBodyModel model, RigidBodyWorkspace workspace, ReadOnlySpan<double> q, ReadOnlySpan<double> qd, ReadOnlySpan<double> third,
        Span<double> result);
}
