using LiquidControl.Benchmarks.Harness;
using LiquidControl.Robotics;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>A function of LiquidControl.Robotics, state after state.</summary>
internal sealed class OursVariant<TFunction>(DynamicsInputs inputs) : Variant
    where TFunction : IDynamicsFunction
{
    private readonly RigidBodyWorkspace _workspace = new(inputs.Model);
    private readonly double[] _results = new double[DynamicsInputs.Count * TFunction.ResultSize(inputs.Model.JointCount)];
    private int _next;

    /// <summary>All states' results, row by row.</summary>
    public ReadOnlySpan<double> Results => _results;

    public override void Run(int steps)
    {
        RigidBodyModel model = inputs.Model;
        int n = model.JointCount, size = TFunction.ResultSize(n), state = _next;
        for (int i = 0; i < steps; i++)
        {
            TFunction.Call(
                model, _workspace,
                inputs.Position.AsSpan(state * n, n), inputs.Velocity.AsSpan(state * n, n), inputs.Third.AsSpan(state * n, n),
                _results.AsSpan(state * size, size));
            state = state + 1 == DynamicsInputs.Count ? 0 : state + 1;
        }

        _next = state;
    }

    /// <summary>That the numbers are right is what KDL's variant finds, and without KDL the tests of LiquidControl.Robotics.</summary>
    public override void Check()
    {
        Run(DynamicsInputs.Count);
        int bad = Array.FindIndex(_results, value => !double.IsFinite(value));
        if (bad >= 0) throw new InvalidOperationException($"result {bad}: found {_results[bad]}, expected a number.");
    }
}
