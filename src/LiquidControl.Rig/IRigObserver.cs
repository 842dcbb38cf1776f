using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>Looks on, once a cycle, after the cycle and before the plant moves on.</summary>
public interface IRigObserver
{
    /// <param name="time">From activation, s.</param>
    /// <param name="moment">Controller and arm.</param>
    /// <param name="cycle">The controller's last cycle.</param>
    void Observe(double time, in RigMoment moment, CycleRecord cycle);
}
