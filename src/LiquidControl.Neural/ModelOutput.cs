namespace LiquidControl.Neural;

/// <summary>One output: the value is Scale times what the network says.</summary>
/// <param name="Name">A name that is unique in the model.</param>
/// <param name="Unit">The SI unit of the value, "1" for a pure number.</param>
/// <param name="Scale">In that unit, above zero.</param>
/// <param name="Bound">The largest magnitude the controller may apply, in that unit; null: the controller's own.</param>
/// <param name="RateBound">The largest change per second the controller may apply; null: the controller's own.</param>
public sealed record ModelOutput(string Name, string Unit, double Scale, double? Bound = null, double? RateBound = null);
