using System.Globalization;
using System.Net;
using System.Text;
using LiquidControl.Neural;

namespace LiquidControl.Cli.Rigs;

/// <summary>Results as one page: a table, and below it each scenario with its picture; what failed comes first.</summary>
internal static class RigPage
{
    private const string Style =
        "body{font-family:sans-serif;margin:2rem;max-width:90rem}table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left;"
        + "border-bottom:1px solid #ddd}.failed{color:#b00020;font-weight:bold}.passed{color:#1b6e2c}img{max-width:100%;border:1px solid #ddd}"
        + "pre{background:#f6f6f6;padding:.5rem;white-space:pre-wrap}";

    /// <param name="path">Of the page.</param>
    /// <param name="rows">The results.</param>
    /// <param name="pictures">Of each, a file beside the page.</param>
    public static void Write(string path, IReadOnlyList<ScenarioRow> rows, IReadOnlyList<string> pictures)
    {
        int failed = rows.Count(row => !row.IsPassed);
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderBy(i => rows[i].IsPassed)];
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{rows.Count - failed} of {rows.Count} scenarios hold</title><style>{Style}</style></head>
            <body><h1>{rows.Count - failed} of {rows.Count} scenarios hold</h1>
            <table><tr><th>scenario</th><th>result</th><th>state</th><th>faults</th><th>safe after, ms</th><th>s</th><th>times real time</th></tr>

            """);
        foreach (int i in order)
        {
            ScenarioRow row = rows[i];
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"<tr><td><a href=\"#s{i}\">{Text(row.Name)}</a></td><td>{Word(row)}</td><td>{row.State}</td><td>{Text(row.Faults)}</td><td>{row.SafeMs:F0}</td><td>{row.Seconds:F1}</td><td>{row.RealTimeFactor:F0}</td></tr>");
        }

        page.AppendLine("</table>");
        foreach (int i in order)
        {
            ScenarioRow row = rows[i];
            page.AppendLine(CultureInfo.InvariantCulture, $"<h2 id=\"s{i}\">{Text(row.Name)}: {Word(row)}</h2>");
            if (row.Account.Any())
                page.AppendLine(CultureInfo.InvariantCulture, $"<pre>{Text(string.Join('\n', row.Account))}</pre>");
            string hash = row.StateHash is null ? "" : $", hash {row.StateHash}";
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"<p>{Text(row.File)}, seed {row.Seed}{hash}</p><img loading=\"lazy\" src=\"{Uri.EscapeDataString(pictures[i])}\" alt=\"{Text(row.Name)}\">");
        }

        page.AppendLine("</body></html>");
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static string Word(ScenarioRow row) => row.IsPassed ? "<span class=\"passed\">holds</span>" : "<span class=\"failed\">FAILS</span>";

    private static string Text(string words) => WebUtility.HtmlEncode(words);
}
