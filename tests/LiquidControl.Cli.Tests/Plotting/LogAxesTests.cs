using System.Xml.Linq;
using LiquidControl.Cli.Plotting;
using SkiaSharp;
using Xunit;

namespace LiquidControl.Cli.Tests.Plotting;

public sealed class LogAxesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Logarithms_are_drawn_and_what_has_none_is_left_out()
    {
        var line = Sample().OnPaper()[0];

        Assert.Equal([1.0, 2.0, 3.0], line.X);
        Assert.Equal([-2.0, -4.0, -6.0], line.Y.Select(y => Math.Round(y, 12)));
    }

    [Fact]
    public void An_svg_has_decades_on_its_axes_and_a_circle_a_point()
    {
        string path = Path.Combine(_folder, "cost.svg");

        Picture.Write(path, "cost", [Sample()], fontInstalled: false);

        var elements = XDocument.Load(path).Descendants().ToArray();
        string[] texts = [.. elements.Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("1e-4", texts);
        Assert.Contains("1e2", texts);
        Assert.Equal(3 + 1, elements.Count(e => e.Name.LocalName == "circle"));
        Assert.DoesNotContain(elements, e => e.Name.LocalName == "polyline");
    }

    [Fact]
    public void A_png_shows_the_points()
    {
        string path = Path.Combine(_folder, "cost.png");

        Picture.Write(path, "cost", [Sample()], fontInstalled: true);

        using var image = SKBitmap.Decode(path);
        Assert.InRange(image.Pixels.Count(pixel => pixel.Saturation() > 50), 100, 10_000);
    }

    private static Panel Sample() =>
        new("cost", "synapses", "error", [new("points", [10, 100, 1000, 10, 0], [1e-2, 1e-4, 1e-6, 0, 1], IsPoints: true)], IsLogX: true, IsLogY: true);
}

file static class Pixels
{
    public static float Saturation(this SKColor colour)
    {
        colour.ToHsv(out _, out float saturation, out _);
        return saturation;
    }
}
