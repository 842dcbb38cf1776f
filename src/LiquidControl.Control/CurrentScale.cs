namespace LiquidControl.Control;

/// <summary>current = direction · (counts - zero) · amperePerCount, A.</summary>
public readonly record struct CurrentScale(double AmperePerCount, int ZeroCounts, int Direction)
{
    public double Ampere(int counts) => Direction * (counts - ZeroCounts) * AmperePerCount;

    public int Counts(double ampere) => ZeroCounts + (int)Math.Round(Direction * ampere / AmperePerCount);
}
