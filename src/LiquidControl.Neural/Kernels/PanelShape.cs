namespace LiquidControl.Neural.Kernels;

/// <summary>How many vectors of outputs a panel has, and how many chains each of its sums is split into.</summary>
internal enum PanelShape
{
    Eight,
    Ten,
    Six,
    Twelve,
    FourInTwoChains,
    TwoInTwoChains,
    TwoInFourChains,
}
