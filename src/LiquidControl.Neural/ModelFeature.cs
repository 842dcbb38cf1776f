namespace LiquidControl.Neural;

/// <summary>One input: the network sees (value - Mean) / Scale.</summary>
/// <param name="Name">A name that is unique in the model.</param>
/// <param name="Unit">The SI unit of the value, "1" for a pure number.</param>
/// <param name="Mean">In that unit.</param>
/// <param name="Scale">In that unit, above zero.</param>
public sealed record ModelFeature(string Name, string Unit, double Mean, double Scale);
