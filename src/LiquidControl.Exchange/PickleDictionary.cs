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
    public bool TryAdd(object key, object? value) => (_entries ??= []).TryAdd(key, value);

    public object? this[string key] => _entries?.GetValueOrDefault(key);
}
