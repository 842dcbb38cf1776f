namespace LiquidControl.Exchange;

/// <summary>
/// A tuple of a pickle. Tuples may share and nest without end, so nothing walks them: whoever needs one looks at its items only.
/// </summary>
internal sealed class PickleTuple(object?[] items)
{
    public static readonly PickleTuple Empty = new([]);

    public object?[] Items { get; } = items;
}
