namespace LiquidControl.Exchange;

/// <summary>A list of a pickle. No tensor stands in one, so its items are dropped.</summary>
internal sealed class PickleList;
