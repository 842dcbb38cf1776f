using System.Text;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace LiquidControl.Hosting.Toml;

/// <summary>
/// Turns a TOML file into a tree of values that know where they stand. It walks Tomlyn's syntax tree rather than binding to types: no
/// reflection, so it survives ahead-of-time compilation, and no position is lost.
/// </summary>
internal static class TomlDocument
{
    /// <summary>What is read here is a few KiB; anything beyond this is something else.</summary>
    public const int LargestFile = 64 * 1024;

    /// <summary>The root table, or null when the file is not TOML; then <paramref name="errors"/> says why.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="what">It should be: "a robot.toml".</param>
    /// <param name="errors">What is wrong with it is added here.</param>
    public static TomlTable? Read(string path, string what, List<ConfigurationError> errors)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                errors.Add(new(path, 1, 1, "file", "nothing", what, "Check the path and the name."));
                return null;
            }

            if (file.Length > LargestFile) return TooLarge(path, file.Length, what, errors);

            // A device such as /dev/zero says that it has no length, and never ends.
            using var stream = file.OpenRead();
            var bytes = new byte[LargestFile + 1];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Parse(bytes.AsSpan(0, read), path, what, errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(path, 1, 1, "file", "an unreadable file", what, e.Message));
            return null;
        }
    }

    /// <summary>The same of a file in memory.</summary>
    public static TomlTable? Parse(ReadOnlySpan<byte> bytes, string path, string what, List<ConfigurationError> errors)
    {
        if (bytes.Length > LargestFile) return TooLarge(path, bytes.Length, what, errors);
        try
        {
            string text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return Parse(text.StartsWith('\uFEFF') ? text[1..] : text, path, what, errors);
        }
        catch (DecoderFallbackException e)
        {
            var at = Position(bytes[..Math.Clamp(e.Index, 0, bytes.Length)]);
            errors.Add(new(path, at.Line, at.Column, "file", "bytes that are not UTF-8", "a text file", $"Save the file as UTF-8, or check that this is {what}."));
            return null;
        }
    }

    private static TomlTable? TooLarge(string path, long length, string what, List<ConfigurationError> errors)
    {
        errors.Add(new(path, 1, 1, "file", $"{length} bytes", $"at most {LargestFile} bytes", $"Check that this is {what}."));
        return null;
    }

    private static TomlTable? Parse(string text, string path, string what, List<ConfigurationError> errors)
    {
        // Where a text ends within an escape, such as \u12, Tomlyn 2.10 throws; where a line does, it says so.
        if (!text.EndsWith('\n')) text += '\n';
        try
        {
            // An unclosed quote or bracket makes the rest of the file look wrong as well: only the first syntax error is worth reading.
            var document = SyntaxParser.Parse(text, path, false);
            if (document.HasErrors)
            {
                errors.Add(SyntaxError(path, document.Diagnostics.Where(d => d.Kind == DiagnosticMessageKind.Error).MinBy(d => d.Span.Start.Offset)!));
                return null;
            }

            document = SyntaxParser.Parse(text, path, true);
            if (document.HasErrors)
            {
                errors.AddRange(document.Diagnostics.Where(d => d.Kind == DiagnosticMessageKind.Error).Take(TomlSection.MostErrors).Select(d => SyntaxError(path, d)));
                return null;
            }

            var root = new TomlTable(new(1, 1));
            AddAll(root, document.KeyValues);
            foreach (var table in document.Tables) AddTable(root, table);
            return root;
        }
        catch (TomlException)
        {
            var at = TomlDepth.Exceeded(text);
            errors.Add(new(path, at.Line, at.Column, "file", "arrays or tables nested too deeply", what, $"Nest them at most {TomlDepth.Most} deep."));
            return null;
        }
    }

    private static ConfigurationError SyntaxError(string path, DiagnosticMessage diagnostic)
    {
        var at = Position(diagnostic.Span);
        var message = new string([.. diagnostic.Message.Select(c => char.IsControl(c) ? ' ' : c)]);
        return message.Contains("already defined", StringComparison.Ordinal)
            ? new(path, at.Line, at.Column, "key", "it a second time", "every key and table once", message + ".")
            : new(path, at.Line, at.Column, "syntax", "something that is not TOML", "key = value or [table]", message + ".");
    }

    private static void AddTable(TomlTable root, TableSyntaxBase syntax)
    {
        var names = Names(syntax.Name!);
        var parent = root;
        for (var i = 0; i < names.Count - 1; i++) parent = Descend(parent, names[i]);
        var (name, _) = names[^1];
        var at = Position(syntax.Span);
        TomlTable table;
        if (syntax is TableArraySyntax)
        {
            if (parent.Find(name)?.Value is not TomlArray array)
            {
                array = new TomlArray(at, []);
                parent.Add(new(name, at, array));
            }

            table = new TomlTable(at);
            array.Items.Add(table);
        }
        else
        {
            table = Descend(parent, (name, at));
        }

        AddAll(table, syntax.Items);
    }

    /// <summary>The table of that name, made if absent; of an array of tables the last one, as TOML 1.0 says.</summary>
    private static TomlTable Descend(TomlTable parent, (string Name, TomlPosition At) step)
    {
        switch (parent.Find(step.Name)?.Value)
        {
            case TomlTable table:
                return table;
            case TomlArray { Items: [.., TomlTable last] }:
                return last;
            default:
                var made = new TomlTable(step.At);
                parent.Add(new(step.Name, step.At, made));
                return made;
        }
    }

    private static void AddAll(TomlTable table, IEnumerable<KeyValueSyntax> pairs)
    {
        foreach (var pair in pairs) AddPair(table, pair);
    }

    private static void AddPair(TomlTable table, KeyValueSyntax pair)
    {
        var names = Names(pair.Key!);
        for (var i = 0; i < names.Count - 1; i++) table = Descend(table, names[i]);
        table.Add(new(names[^1].Name, names[^1].At, Value(pair.Value!)));
    }

    private static TomlValue Value(ValueSyntax syntax)
    {
        var at = Position(syntax.Span);
        switch (syntax)
        {
            case IntegerValueSyntax integer:
                return new TomlNumber(at, integer.Value, true, integer.Token!.Text!);
            case FloatValueSyntax number:
                return new TomlNumber(at, number.Value, false, number.Token!.Text!);
            case BooleanValueSyntax flag:
                return new TomlFlag(at, flag.Value);
            case StringValueSyntax text:
                return new TomlText(at, text.Value!);
            case ArraySyntax array:
                return new TomlArray(at, [.. array.Items.Select(item => Value(item.Value!))]);
            case InlineTableSyntax inline:
                var table = new TomlTable(at);
                foreach (var item in inline.Items) AddPair(table, item.KeyValue!);
                return table;
            default:
                return new TomlDate(at);
        }
    }

    private static List<(string Name, TomlPosition At)> Names(KeySyntax key) =>
        [Name(key.Key!), .. key.DotKeys.Select(dot => Name(dot.Key!))];

    private static (string Name, TomlPosition At) Name(BareKeyOrStringValueSyntax key) =>
        (key is BareKeySyntax bare ? bare.Key!.Text! : ((StringValueSyntax)key).Value!, Position(key.Span));

    /// <summary>Of what follows after a text that is UTF-8.</summary>
    private static TomlPosition Position(ReadOnlySpan<byte> before) =>
        new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);

    private static TomlPosition Position(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);
}
