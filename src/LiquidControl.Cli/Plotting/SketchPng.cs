using SkiaSharp;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws a sketch as PNG.</summary>
internal static class SketchPng
{
    public static void Write(string path, Sketch sketch)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)sketch.Width, (int)sketch.Height));
        surface.Canvas.Clear(SKColors.White);
        foreach (var mark in sketch.Marks) Draw(surface.Canvas, mark);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        png.SaveTo(file);
    }

    private static void Draw(SKCanvas canvas, Mark mark)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        switch (mark)
        {
            case Mark.Path line:
                paint.Color = SKColor.Parse(line.Colour).WithAlpha((byte)(255.0 * line.Opacity));
                paint.StrokeWidth = (float)line.Width;
                paint.Style = SKPaintStyle.Stroke;
                canvas.DrawPoints(SKPointMode.Polygon, [.. line.Points.Select(point => new SKPoint((float)point.X, (float)point.Y))], paint);
                break;
            case Mark.Circle circle:
                paint.Color = SKColor.Parse(circle.Colour);
                canvas.DrawCircle((float)circle.X, (float)circle.Y, (float)circle.Radius, paint);
                break;
            case Mark.Box box:
                paint.Color = SKColor.Parse(box.Colour);
                canvas.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
                break;
            case Mark.Text text:
                using (var font = new SKFont(SKTypeface.Default, (float)text.Size))
                {
                    var align = text.Anchor switch { TextAnchor.Start => SKTextAlign.Left, TextAnchor.Middle => SKTextAlign.Center, _ => SKTextAlign.Right };
                    canvas.DrawText(text.Words, (float)text.X, (float)text.Y, align, font, paint);
                }

                break;
        }
    }
}
