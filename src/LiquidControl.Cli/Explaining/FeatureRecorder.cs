using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Cli.Explaining;

/// <summary>Keeps what the network saw in each cycle that asked it, from activation on, so that a run of the recording is the run of the arm.</summary>
internal sealed class FeatureRecorder(LiquidPolicy policy) : IMotionObserver
{
    private readonly List<double[]> _rows = [];
    private long _seen = policy.Evaluations;

    public IReadOnlyList<string> Names => policy.FeatureNames;

    /// <summary>[cycle], time since the cycle before in s, then the raw features.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    public void Observe(double time, ControlCycle cycle, SimulatedArm arm)
    {
        if (policy.Evaluations == _seen) return;
        _seen = policy.Evaluations;
        _rows.Add([cycle.Estimate.Interval, .. policy.LastFeatures]);
    }
}
