using System.Buffers.Text;
using System.Text;

namespace LiquidControl.Service.Daemon;

/// <summary>One line of an answer, put together in memory of the caller's. What does not fit is cut off.</summary>
internal ref struct Reply(Span<byte> place)
{
    private readonly Span<byte> _place = place;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _place[.._length];

    public Reply Add(ReadOnlySpan<byte> text)
    {
        var rest = _place[_length..];
        text = text[..Math.Min(text.Length, rest.Length)];
        text.CopyTo(rest);
        _length += text.Length;
        return this;
    }

    public Reply Add(string text)
    {
        Encoding.UTF8.TryGetBytes(text.AsSpan(0, Math.Min(text.Length, (_place.Length - _length) / 3)), _place[_length..], out int written);
        _length += written;
        return this;
    }

    public Reply Add(long number)
    {
        if (Utf8Formatter.TryFormat(number, _place[_length..], out int written))
            _length += written;
        return this;
    }

    /// <summary>Ends the line; there is always room for that.</summary>
    public ReadOnlySpan<byte> End()
    {
        if (_length == _place.Length) _length--;
        _place[_length++] = (byte)'\n';
        return Bytes;
    }
}
