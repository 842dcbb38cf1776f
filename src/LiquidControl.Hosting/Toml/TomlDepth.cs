namespace LiquidControl.Hosting.Toml;

/// <summary>Finds where arrays and tables are nested too deeply; the parser that gives up on them does not say.</summary>
internal static class TomlDepth
{
    /// <summary>That of Tomlyn.</summary>
    public const int Most = 64;

    /// <summary>Of the first bracket that is deeper; the beginning where there is none.</summary>
    public static TomlPosition Exceeded(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' or '{' when ++depth > Most:
                    return new(text.AsSpan(0, i).Count('\n') + 1, i - text.AsSpan(0, i).LastIndexOf('\n'));
                case ']' or '}' when depth > 0:
                    depth--;
                    break;
                case '#':
                    i = EndOfLine(text, i);
                    break;
                case '"' or '\'':
                    i = EndOfText(text, i);
                    break;
            }
        }

        return new(1, 1);
    }

    private static int EndOfLine(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Of its last quote; one that is never closed ends with its line, or where it may have several, with the file.</summary>
    private static int EndOfText(string text, int at)
    {
        string one = text[at].ToString(), three = one + one + one;
        bool isLong = text.AsSpan(at).StartsWith(three);
        string close = isLong ? three : one;
        for (int i = at + close.Length; i < text.Length; i++)
        {
            if (text[i] == '\\' && one == "\"")
                i++;
            else if (text.AsSpan(i).StartsWith(close) || (text[i] == '\n' && !isLong))
                return i + close.Length - 1;
        }

        return text.Length;
    }
}
