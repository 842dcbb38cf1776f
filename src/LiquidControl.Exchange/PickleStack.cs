namespace LiquidControl.Exchange;

/// <summary>The machine's stack. Nothing is taken from below the topmost mark, as in Python.</summary>
internal sealed class PickleStack(PickleProgram program)
{
    /// <summary>More values and marks at once are refused: a batch of a dictionary's entries takes two thousand.</summary>
    public const int Deepest = 1 << 16;

    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    /// <summary>How many values stand above the topmost mark.</summary>
    public int Count => _values.Count - (_marks.TryPeek(out int mark) ? mark : 0);

    public bool HasMark => _marks.Count > 0;

    public void Push(object? value)
    {
        CheckDepth();
        _values.Add(value);
    }

    public void PushMark()
    {
        CheckDepth();
        _marks.Push(_values.Count);
    }

    public object? Peek()
    {
        if (Count == 0) throw program.Wrong("an empty stack", "a value on it");
        return _values[^1];
    }

    public object? Pop()
    {
        object? value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes the topmost <paramref name="count"/> values, the deepest first.</summary>
    public object?[] Pop(int count)
    {
        if (Count < count) throw program.Wrong($"a stack of {Count} values", $"at least {count}");
        object?[] values = new object?[count];
        _values.CopyTo(_values.Count - count, values, 0, count);
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    /// <summary>Takes the topmost mark and all values above it, the deepest first.</summary>
    public object?[] PopToMark()
    {
        if (!HasMark) throw program.Wrong("a stack without a mark", "a MARK before it");
        object?[] values = Pop(Count);
        _marks.Pop();
        return values;
    }

    private void CheckDepth()
    {
        if (_values.Count + _marks.Count >= Deepest) throw program.Wrong($"a stack of more than {Deepest} values", $"at most {Deepest}");
    }
}
