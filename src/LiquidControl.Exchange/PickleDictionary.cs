namespace LiquidControl.Exchange;

/// <summary>A dict or OrderedDict of a pickle, in its order. Keys are strings and whole numbers.</summary>
internal sealed class PickleDictionary(bool ordered)
{
    // Made with the first entry: a program of a million empty dictionaries must stay small.
    private OrderedDictionary<object, object?>? _entries;

    /// <summary>An OrderedDict, which alone may carry attributes such as _metadata.</summary>
    public bool IsOrdered { get; } = ordered;

    public int Count => _entries?.Count ?? 0;

    public IEnumerable<KeyValuePair<object, object?>> Entries => _entries ?? [];

    /// <summary>False if the key is there already.</summary>
    public bool TryAdd(object key, object? value) => (_entries ??= new(new KeyComparer())).TryAdd(key, value);

    public object? this[string key] => _entries?.GetValueOrDefault(key);

    /// <summary>Whole numbers hash to themselves, so that a file could be made of keys of one hash; here the hash is drawn anew by each process.</summary>
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) => object.Equals(x, y);

        public int GetHashCode(object key) => key is long whole ? HashCode.Combine((int)whole, (int)(whole >> 32)) : key.GetHashCode();
    }
}
