using System.Xml.Linq;
using LiquidControl.Cli.Plotting;
using LiquidControl.Robotics;
using SkiaSharp;
using Xunit;

namespace LiquidControl.Cli.Tests.Plotting;

public sealed class PictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liquidcontrol-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_png_shows_six_panels_none_of_them_blank()
    {
        string path = Path.Combine(_folder, "move.png");

        var (written, notice) = Write(Trace(), path, fontInstalled: true);

        Assert.Equal((path, null), (written, notice));
        using var image = SKBitmap.Decode(path);
        Assert.Equal((1400, 1260), (image.Width, image.Height));
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 2; column++)
            {
                var colours = new HashSet<uint>();
                for (int y = row * 420; y < (row + 1) * 420; y += 2)
                {
                    for (int x = column * 700; x < (column + 1) * 700; x += 2) colours.Add((uint)image.GetPixel(x, y));
                }

                Assert.True(colours.Count > 10, $"panel {row},{column} has {colours.Count} colours");
            }
        }
    }

    [Fact]
    public void Where_no_font_is_installed_an_svg_is_written_instead_and_the_package_is_named()
    {
        var (written, notice) = Write(Trace(), Path.Combine(_folder, "move.png"), fontInstalled: false);

        Assert.Equal(Path.Combine(_folder, "move.svg"), written);
        Assert.Contains("fonts-dejavu-core", notice, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "move.png")));
        AssertComplete(XDocument.Load(written));
    }

    [Fact]
    public void Whether_text_can_be_drawn_agrees_with_drawing_some()
    {
        using var bitmap = new SKBitmap(40, 40);
        using (var canvas = new SKCanvas(bitmap))
        using (var font = new SKFont(SKTypeface.Default, 30))
        using (var paint = new SKPaint())
        {
            canvas.Clear(SKColors.White);
            canvas.DrawText("A", 5, 35, font, paint);
        }

        Assert.Equal(bitmap.Pixels.Any(pixel => pixel != SKColors.White), PngPicture.CanWriteText);
    }

    [Fact]
    public void An_svg_is_written_where_one_is_asked_for()
    {
        string path = Path.Combine(_folder, "move.svg");

        Assert.Equal((path, null), Write(Trace(), path, fontInstalled: true));

        AssertComplete(XDocument.Load(path));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_lines_that_are_flat_do_not_spoil_the_picture()
    {
        var trace = Trace();
        trace.Torque[0][3] = double.NaN;
        trace.Torque[1][4] = double.PositiveInfinity;
        Array.Clear(trace.Residual[2]);
        string svg = Path.Combine(_folder, "move.svg");

        Write(trace, svg, fontInstalled: true);
        Write(trace, Path.Combine(_folder, "move.png"), fontInstalled: true);

        string text = File.ReadAllText(svg);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_or_a_kind_that_cannot_be_written_is_found_out_before_the_move()
    {
        Assert.Null(Picture.Problem(Path.Combine(_folder, "a.png")));
        Assert.Contains(".png or .svg", Picture.Problem(Path.Combine(_folder, "a.gif")), StringComparison.Ordinal);
        Assert.Contains("no directory", Picture.Problem(Path.Combine(_folder, "none", "a.png")), StringComparison.Ordinal);
    }

    private static void AssertComplete(XDocument svg)
    {
        var elements = svg.Descendants().ToArray();
        string[] texts = [.. elements.Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Equal(3 * 6 + 3 * 2, elements.Count(e => e.Name.LocalName == "polyline"));
        foreach (string expected in new[] { "test: Joint error", "Joint torque", "Network residual", "Tool path from above", "joint_6", "reference", "x (m)" })
        {
            Assert.Contains(expected, texts);
        }
    }

    private static MoveTrace Trace()
    {
        const int Cycles = 500;
        double[] time = [.. Enumerable.Range(0, Cycles).Select(k => 0.002 * k)];
        double[][] Waves(double amplitude) =>
            [.. Enumerable.Range(1, 6).Select(j => time.Select(t => amplitude * Math.Sin(6.0 * t * j) / j).ToArray())];
        return new()
        {
            Title = "test",
            JointNames = [.. Enumerable.Range(1, 6).Select(i => $"joint_{i}")],
            Time = time,
            Arrival = 0.8,
            JointError = Waves(0.002),
            Torque = Waves(10.0),
            Residual = Waves(1.0),
            Tool = [.. time.Select(t => new Vector3(0.2 - 0.5 * t, -0.2 + 0.1 * t, 0.3 - 0.1 * t * t + 0.005))],
            ToolReference = [.. time.Select(t => new Vector3(0.2 - 0.5 * t, -0.2 + 0.1 * t, 0.3 - 0.1 * t * t))],
        };
    }

    private static (string Path, string? Notice) Write(MoveTrace trace, string path, bool fontInstalled) =>
        Picture.Write(path, trace.Title, MovePanels.Of(trace), fontInstalled);
}
