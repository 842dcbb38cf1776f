namespace LiquidControl.Cli.Plotting;

/// <summary>Writes panels as a picture.</summary>
internal static class Picture
{
    /// <summary>
    /// Writes a .png or .svg, as the name says; where a PNG would have no text, an SVG beside it instead. Gives the file written and, when it
    /// is not the one asked for, why.
    /// </summary>
    public static (string Path, string? Notice) Write(string path, string title, IReadOnlyList<Panel> panels, bool fontInstalled) =>
        Write(path, fontInstalled, png => PngPicture.Write(png, title, panels), svg => SvgPicture.Write(svg, title, panels));

    /// <summary>The same for a sketch.</summary>
    public static (string Path, string? Notice) Write(string path, Sketch sketch, bool fontInstalled) =>
        Write(path, fontInstalled, png => SketchPng.Write(png, sketch), svg => SketchSvg.Write(svg, sketch));

    private static (string Path, string? Notice) Write(string path, bool fontInstalled, Action<string> writePng, Action<string> writeSvg)
    {
        if (IsPng(path) && fontInstalled)
        {
            writePng(path);
            return (path, null);
        }

        string svg = IsPng(path) ? Path.ChangeExtension(path, ".svg") : path;
        writeSvg(svg);
        string? notice = svg == path
            ? null
            : $"No font is installed, so a PNG would have no text: wrote {svg} instead. For a PNG install one (Debian: apt-get install fonts-dejavu-core).";
        return (svg, notice);
    }

    /// <summary>Null when a picture can be written there, else what is wrong: found out before the work is done, not after.</summary>
    public static string? Problem(string path)
    {
        if (!IsPng(path) && !path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            return $"--plot: found {path}, expected a file name ending in .png or .svg. Change the ending.";
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? null : $"--plot: there is no directory {folder}. Create it or choose another place.";
    }

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
