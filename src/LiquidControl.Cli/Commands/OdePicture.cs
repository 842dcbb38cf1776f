using LiquidControl.Cli.Plotting;

namespace LiquidControl.Cli.Commands;

/// <summary>The picture of an `ode` command.</summary>
internal static class OdePicture
{
    public static void ThrowIfImpossible(string? path)
    {
        if (path is not null && Picture.Problem(path) is { } problem) throw new BadInputException(problem);
    }

    /// <summary>Gives the file written, null if none was asked for.</summary>
    public static string? Write(string? path, string title, IReadOnlyList<Panel> panels, Terminal terminal)
    {
        if (path is null) return null;
        var (written, notice) = Picture.Write(path, title, panels, PngPicture.CanWriteText);
        if (notice is not null) terminal.Error.WriteLine(notice);
        return written;
    }
}
