namespace LiquidControl.Neural.Kernels;

/// <summary>How the states of a panel's neurons are made.</summary>
internal enum CellPanelKind
{
    /// <summary>By the method for every panel.</summary>
    General,

    /// <summary>By that for two blocks with four heads, of shape <see cref="PanelShape.Eight"/>.</summary>
    Eight,

    /// <summary>By that for four neurons more, of shape <see cref="PanelShape.Ten"/>.</summary>
    Ten,
}
