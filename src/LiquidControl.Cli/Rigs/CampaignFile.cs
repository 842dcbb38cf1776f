using System.Globalization;
using System.Text.Json;
using LiquidControl.Cli.Reports;
using LiquidControl.Rig.Campaigns;

namespace LiquidControl.Cli.Rigs;

/// <summary>
/// A campaign's results, a line of JSON for each scenario after a first one that says of which campaign: written as they come, so that what was
/// killed goes on where it was. A last line that was cut off is run again.
/// </summary>
internal sealed class CampaignFile : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Lock _lock = new();

    private CampaignFile(string path, CampaignHeader header, IReadOnlyList<CampaignRow> rows)
    {
        // Rewritten whole: what was cut off at the end goes.
        _writer = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        _writer.WriteLine(JsonSerializer.Serialize(header, ReportJson.Default.CampaignHeader));
        foreach (CampaignRow row in rows) Add(row);
    }

    /// <summary>Opens it to go on, or begins it.</summary>
    /// <exception cref="BadInputException">It is of another campaign.</exception>
    public static (CampaignFile File, IReadOnlyList<CampaignRow> Rows) Open(string path, CampaignHeader header)
    {
        if (!System.IO.File.Exists(path)) return (new(path, header, []), []);
        var (found, rows) = Read(path);
        return found == header
            ? (new(path, header, rows), rows)
            : throw new BadInputException(
                $"{path}:1: found results of robot {found.Robot}, seed {found.Seed}, expected robot {header.Robot}, seed {header.Seed}. Choose another file, or remove this one.");
    }

    /// <exception cref="BadInputException">It is none.</exception>
    public static (CampaignHeader Header, IReadOnlyList<CampaignRow> Rows) Read(string path)
    {
        string[] lines = System.IO.File.ReadAllLines(path);
        CampaignHeader header = Parse(path, lines, 0, ReportJson.Default.CampaignHeader)
            ?? throw new BadInputException($"{path}:1: found {(lines.Length == 0 ? "nothing" : "no such line")}, expected the first line of a campaign's results, with robot and seed.");
        List<CampaignRow> rows = [];
        for (int line = 1; line < lines.Length; line++)
        {
            if (Parse(path, lines, line, ReportJson.Default.CampaignRow) is { } row) rows.Add(row);
        }

        return (header, rows);
    }

    public void Add(CampaignRow row)
    {
        lock (_lock)
        {
            _writer.WriteLine(JsonSerializer.Serialize(row, ReportJson.Default.CampaignRow));
        }
    }

    public void Dispose() => _writer.Dispose();

    private static T? Parse<T>(string path, string[] lines, int line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return line < lines.Length ? JsonSerializer.Deserialize(lines[line], type) : null;
        }
        catch (JsonException e)
        {
            // The last line is where a run was killed.
            if (line > 0 && line == lines.Length - 1) return null;
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture, $"{path}:{line + 1}: found what is no result ({e.Message}), expected a line of JSON as `hil campaign` writes. Remove the line, and it is run again."));
        }
    }
}

/// <summary>Of which campaign results are.</summary>
internal sealed record CampaignHeader(string Robot, ulong Seed);
