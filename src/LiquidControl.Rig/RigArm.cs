using LiquidControl.Hosting;
using LiquidControl.Simulation;
using LiquidControl.Simulation.Chips;

namespace LiquidControl.Rig;

/// <summary>What a fault can be put on: the arm, its board, and the loop that drives it.</summary>
public sealed class RigArm
{
    private readonly double _dropProbability;
    private long _absentUntilNs;
    private bool _renews = true;

    /// <param name="robot">The configuration.</param>
    /// <param name="arm">The plant and its sensors.</param>
    /// <param name="board">Its chips.</param>
    public RigArm(RobotConfiguration robot, SimulatedArm arm, EmulatedArmBoard board)
    {
        Robot = robot;
        Arm = arm;
        Board = board;
        _dropProbability = arm.DropProbability;
    }

    public RobotConfiguration Robot { get; }

    public SimulatedArm Arm { get; }

    public EmulatedArmBoard Board { get; }

    /// <summary>Of the law's policy; null where the law has none.</summary>
    public RigNetwork? Network { get; internal set; }

    /// <summary>Whether the loop's process was killed.</summary>
    public bool LoopIsDead { get; private set; }

    /// <summary>Whether the loop's process exists and the machine lets it run.</summary>
    public bool LoopRuns => !LoopIsDead && Arm.Clock.NowNs >= _absentUntilNs;

    /// <summary>Whether whoever posts the goals renews the lease.</summary>
    public bool LeaseRenewed => _renews;

    /// <summary>The machine does not let the loop run for so long, s.</summary>
    public void HoldUpLoop(double seconds) => _absentUntilNs = Arm.Clock.NowNs + (long)(seconds * 1e9);

    /// <summary>The loop's process is gone.</summary>
    public void KillLoop() => LoopIsDead = true;

    /// <summary>Whoever posts the goals is not heard of any more.</summary>
    public void SilenceSetpoints() => _renews = false;

    /// <summary>All is well again, but what was killed stays dead and what was carried is still carried.</summary>
    public void MendAll()
    {
        Board.Faults.ClearAll();
        Board.SetEmergencyStop(false);
        for (int joint = 0; joint < Robot.Arm.JointCount; joint++)
        {
            Board.SetEncoderDiagnostics(joint, EmulatedAs5048aChain.GoodDiagnostics);
            Arm.Plant.Release(joint);
            Arm.Plant.Push(joint, 0.0);
            Arm.Plant.Weaken(joint, 1.0);
            Arm.Plant.Disconnect(joint, isOpen: false);
        }

        Arm.SensorFaults.MendAll();
        Arm.DriveFaults.MendAll();
        Arm.DropProbability = _dropProbability;
        Arm.Plant.SourceVoltage = Robot.Arm.NominalSupply;
        _renews = true;
        Network?.Fault = NetworkFault.None;
    }
}
