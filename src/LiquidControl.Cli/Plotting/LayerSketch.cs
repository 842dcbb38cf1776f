using System.Globalization;
using LiquidControl.Cli.Reports;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws a dense network: a box a layer with its size, and how many weights lead from one to the next.</summary>
internal static class LayerSketch
{
    private const double Width = 1200.0;
    private const double Height = 460.0;
    private const double BoxWidth = 130.0;
    private const double Middle = 215.0;

    public static Sketch Of(string title, IReadOnlyList<WiringGroupReport> layers, IReadOnlyList<WiringLinkReport> links)
    {
        var sketch = new Sketch(Width, Height);
        sketch.Text(Width / 2, 32, title, TextAnchor.Middle, 18);
        double step = (Width - 160.0 - BoxWidth) / Math.Max(1, layers.Count - 1);
        for (int i = 0; i < layers.Count; i++)
        {
            double tall = Tall(layers[i].Count);
            sketch.Box(Left(i), Middle - tall / 2, BoxWidth, tall, "#cfd8e8");
            sketch.Text(Left(i) + BoxWidth / 2, Middle - 4, layers[i].Role, TextAnchor.Middle, 15);
            sketch.Text(Left(i) + BoxWidth / 2, Middle + 16, $"{layers[i].Count}", TextAnchor.Middle, 15);
        }

        foreach (var link in links)
        {
            int from = IndexOf(link.From), to = IndexOf(link.To);
            string words = $"{link.Count.ToString("N0", CultureInfo.InvariantCulture)} {link.Kind}";
            if (from < to)
            {
                double x1 = Left(from) + BoxWidth, x2 = Left(to);
                Arrow([(x1, Middle), (x2, Middle)]);
                sketch.Text((x1 + x2) / 2, Middle - 12, words, TextAnchor.Middle, 12);
            }
            else
            {
                // The old state goes back to where the layers begin to read it.
                double x1 = Left(from) + 0.6 * BoxWidth, x2 = Left(to) + (from == to ? 0.3 : 0.5) * BoxWidth, low = Middle + 150.0;
                Arrow([(x1, Middle + Tall(layers[from].Count) / 2), (x1, low), (x2, low), (x2, Middle + Tall(layers[to].Count) / 2)]);
                sketch.Text((x1 + x2) / 2, low + 18, $"old state, {words}", TextAnchor.Middle, 12);
            }
        }

        return sketch;

        double Left(int layer) => 80.0 + step * layer;

        int IndexOf(string role) => Enumerable.Range(0, layers.Count).First(i => layers[i].Role == role);

        void Arrow((double X, double Y)[] way)
        {
            sketch.Path(way, "#5f6f8f", 1.6);
            var (x, y) = way[^1];
            bool isUp = way[^2].Y > y;
            sketch.Path(isUp ? [(x - 5, y + 9), (x, y), (x + 5, y + 9)] : [(x - 9, y - 5), (x, y), (x - 9, y + 5)], "#5f6f8f", 1.6);
        }
    }

    private static double Tall(int count) => Math.Clamp(60.0 + 14.0 * Math.Sqrt(count), 70.0, 260.0);
}
