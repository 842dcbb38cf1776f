using LiquidControl.Control;
using LiquidControl.Simulation;

namespace LiquidControl.Service.Daemon;

/// <summary>The arm behind the loop: one on real buses, or an emulated one.</summary>
internal interface IArmSide
{
    /// <summary>Cycles that the black box in this process remembers: the last, for the shared ring holds those of seconds.</summary>
    const int RingCapacity = 1;

    ControlCycle Cycle { get; }

    /// <summary>What its controller believes otherwise than the robot's files.</summary>
    ModelError Believed { get; }

    /// <summary>Of the cycle.</summary>
    IClock Clock { get; }

    /// <summary>Called before each cycle: a period has passed.</summary>
    void Pass();
}
