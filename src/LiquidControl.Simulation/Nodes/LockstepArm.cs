using LiquidControl.Numerics;

namespace LiquidControl.Simulation.Nodes;

/// <summary>
/// An arm in lockstep with the loop that drives it: arm, board and their clock stand still until the loop's heartbeat changes its level. Then a
/// control period passes, under what was last written and before the edge, as between two cycles of a loop on a stepped clock.
/// </summary>
public sealed class LockstepArm : EmulatedArm
{
    /// <summary>Stands still at once.</summary>
    /// <param name="newArm">Makes the arm with the electronics it is given.</param>
    /// <param name="electronics">The board the nodes stand in front of.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="start">Where it stands at first, rad.</param>
    public LockstepArm(Func<IArmElectronics, SimulatedArm> newArm, BoardElectronics electronics, EmulatedNodes nodes, ReadOnlySpan<double> start)
        : base(newArm, electronics, nodes, start)
    {
        nodes.Board.Clock = Arm.Clock;
        Reset();
        nodes.Board.PassPeriod = () => Step(PeriodNs);
    }

    /// <summary>Of the loop, ns.</summary>
    public long PeriodNs => Arm.NominalPeriodNs;

    /// <summary>
    /// Arm and board move on by so long, ns, without a heartbeat: in steps of a period, then what remains. What the bridges do in a step is
    /// what they do at its start.
    /// </summary>
    public void Step(long ns)
    {
        using (StateLock.EnterScope())
        {
            long end = Arm.Clock.NowNs + ns;
            for (long now = Arm.Clock.NowNs; now < end; now = Arm.Clock.NowNs)
            {
                Move(now, Math.Min(now + PeriodNs, end));
            }
        }
    }

    /// <summary>Adds every bit of the arm's state and the clock.</summary>
    public void AddTo(ref StateHash hash)
    {
        using (StateLock.EnterScope())
        {
            Arm.AddTo(ref hash);
        }
    }

    /// <summary>It is there: no time has passed.</summary>
    private protected override void MoveToNow()
    {
    }
}
