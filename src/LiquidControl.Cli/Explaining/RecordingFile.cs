using System.Collections.Immutable;
using System.Globalization;
using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;
using nietras.SeparatedValues;

namespace LiquidControl.Cli.Explaining;

/// <summary>
/// Recordings on disk: CSV with a header, one row a step. Column "dt" (optional) is the time since the row before in s, 1 timespan unit
/// where it is left out; each other column is an input of the network in raw units, named as the model names it, else x1, x2, ….
/// </summary>
internal static class RecordingFile
{
    public const string TimeColumn = "dt";

    private const long LargestFile = 256L << 20;
    private const int MostRows = 1 << 20;

    /// <summary>Reads a recording for a network, normalising as on the arm.</summary>
    /// <exception cref="BadInputException">The file is missing, too large, or does not fit the network.</exception>
    public static Recording Read(string path, Model model)
    {
        var names = InputNames(model);
        var inputs = ImmutableArray.CreateBuilder<double[]>();
        var timespans = ImmutableArray.CreateBuilder<double>();
        int[] places = [];
        foreach (var (line, header, values) in Rows(path, header => places = Places(path, header, names)))
        {
            double[] input = new double[names.Length];
            double timespan = 1.0;
            for (int i = 0; i < header.Length; i++)
            {
                if (places[i] >= 0) input[places[i]] = Normalised(model, places[i], values[i]);
                else if (values[i] < 0.0) throw new BadInputException($"{path}:{line}: column {TimeColumn}: found {values[i]}, expected a time in s, not below zero. Correct it.");
                else timespan = values[i] / model.Metadata.TimespanScale;
            }

            inputs.Add(input);
            timespans.Add(timespan);
        }

        if (inputs.Count == 0) throw new BadInputException($"{path}: found no steps, expected a header and a row a step. Add them.");
        return new Recording
        {
            Source = path,
            InputNames = names,
            InitialState = [.. new double[model.Architecture.StateSize]],
            Inputs = inputs.ToImmutable(),
            Timespans = timespans.ToImmutable(),
        };
    }

    /// <summary>The columns but the time, raw, by name in the file's order.</summary>
    /// <exception cref="BadInputException">The file is missing, too large, or not sound.</exception>
    public static IReadOnlyList<KeyValuePair<string, double[]>> Columns(string path)
    {
        string[] names = [];
        double[][] rows =
        [
            .. Rows(path, header =>
            {
                names = header;
                ThrowIfTwice(path, header, "each column once");
            }).Select(row => row.Values),
        ];
        if (rows.Length == 0) throw new BadInputException($"{path}: found no steps, expected a header and a row a step. Add them.");
        return
        [
            .. Enumerable.Range(0, names.Length).Where(i => names[i] != TimeColumn)
                .Select(i => KeyValuePair.Create(names[i], rows.Select(row => row[i]).ToArray())),
        ];
    }

    /// <summary>Writes rows of [dt in s, raw inputs…] in one piece, each number so that it reads back to the same bits.</summary>
    public static void Write(string path, IReadOnlyList<string> names, IReadOnlyList<double[]> rows)
    {
        using var writer = Sep.New(',').Writer(options => options with { CultureInfo = CultureInfo.InvariantCulture }).ToText();
        foreach (double[] values in rows)
        {
            using var row = writer.NewRow();
            row[TimeColumn].Format(values[0]);
            for (int i = 0; i < names.Count; i++) row[names[i]].Format(values[i + 1]);
        }

        AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(writer.ToString()));
    }

    /// <summary>Every row as numbers, the header before the first of them.</summary>
    private static List<(int Line, string[] Header, double[] Values)> Rows(string path, Action<string[]> check)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new BadInputException($"{path}: there is no such file. Make one: liquidcontrol move --recording.");
        if (file.Length > LargestFile) throw new BadInputException($"{path}: found {file.Length} bytes, expected at most {LargestFile}. Split the file.");
        var rows = new List<(int Line, string[] Header, double[] Values)>();
        string[]? header = null;
        using var reader = Open(path);
        foreach (var row in reader)
        {
            int line = row.LineNumberFrom;
            if (header is null)
            {
                header = new string[row.ColCount];
                for (int i = 0; i < header.Length; i++) header[i] = row[i].ToString().Trim();
                check(header);
                continue;
            }

            if (row.ColCount == 1 && header.Length > 1 && row[0].Span.Trim().IsEmpty) continue;
            if (row.ColCount != header.Length)
            {
                throw new BadInputException($"{path}:{line}: found {row.ColCount} columns, expected {header.Length} as in the header. Correct the line.");
            }

            if (rows.Count == MostRows) throw new BadInputException($"{path}:{line}: found more than {MostRows} steps, expected at most so many. Split the file.");
            double[] values = new double[header.Length];
            for (int i = 0; i < header.Length; i++) values[i] = Number(path, line, header[i], row[i].Span);
            rows.Add((line, header, values));
        }

        return rows;
    }

    private static void ThrowIfTwice(string path, string[] header, string expected)
    {
        for (int i = 0; i < header.Length; i++)
        {
            if (!header.AsSpan(0, i).Contains(header[i])) continue;
            throw new BadInputException($"{path}:1: column {i + 1}: found '{header[i]}' twice, expected {expected}. Remove one.");
        }
    }

    private static SepReader Open(string path) => Sep.New(',').Reader(options => options with
    {
        HasHeader = false,
        DisableColCountCheck = true,
        CultureInfo = CultureInfo.InvariantCulture,
    }).FromText(File.ReadAllText(path));

    private static ImmutableArray<string> InputNames(Model model) => model.Metadata.Features.IsEmpty
        ? Recording.DefaultNames(model.Architecture.InputSize)
        : [.. model.Metadata.Features.Select(feature => feature.Name)];

    /// <summary>The input each column is, -1 for the time.</summary>
    private static int[] Places(string path, string[] header, ImmutableArray<string> names)
    {
        int[] places = [.. header.Select(name => name == TimeColumn ? -1 : names.IndexOf(name))];
        string expected = $"an optional {TimeColumn} and {names.Length} columns {names[0]} to {names[^1]}";
        ThrowIfTwice(path, header, expected);
        for (int i = 0; i < header.Length; i++)
        {
            string place = $"{path}:1: column {i + 1}";
            if (places[i] >= 0 || header[i] == TimeColumn) continue;
            string meant = Hosting.Spelling.Nearest(header[i], names) is { } nearest ? $"Did you mean {nearest}?" : "Remove or rename it.";
            throw new BadInputException($"{place}: found '{header[i]}', expected {expected}. {meant}");
        }

        string? missing = names.FirstOrDefault(name => !header.Contains(name));
        return missing is null ? places : throw new BadInputException($"{path}:1: found no column {missing}, expected {expected}. Add it.");
    }

    private static double Number(string path, int line, string column, ReadOnlySpan<char> text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        throw new BadInputException($"{path}:{line}: column {column}: found '{text}', expected a finite number. Correct it.");
    }

    /// <summary>As <see cref="LiquidPolicy"/> does it.</summary>
    private static double Normalised(Model model, int input, double value)
    {
        if (model.Metadata.Features.IsEmpty) return value;
        var feature = model.Metadata.Features[input];
        return Math.Clamp((value - feature.Mean) * (1.0 / feature.Scale), -LiquidPolicy.FeatureClip, LiquidPolicy.FeatureClip);
    }
}
