namespace LiquidControl.Control;

/// <summary>angle = direction · (counts - zero) · 2π / countsPerTurn, rad at the joint; direction is +1 or -1.</summary>
public readonly record struct EncoderScale(int CountsPerTurn, int ZeroCounts, int Direction)
{
    /// <summary>rad a count, always positive.</summary>
    public double Resolution => 2.0 * Math.PI / CountsPerTurn;

    /// <summary>Angle of the counts, not unwrapped, rad.</summary>
    public double Angle(int counts) => Direction * (counts - ZeroCounts) * Resolution;

    /// <summary>The nearest count to an angle, not wrapped.</summary>
    public int Counts(double angle) => ZeroCounts + (int)Math.Round(Direction * angle / Resolution);
}
