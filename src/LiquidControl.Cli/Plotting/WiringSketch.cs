using LiquidControl.Neural.Explanation;

namespace LiquidControl.Cli.Plotting;

/// <summary>Draws who is wired to whom: a column of circles a role, a line a synapse.</summary>
internal static class WiringSketch
{
    private const double Width = 1200.0;
    private const double Top = 100.0;
    private const double Side = 210.0;
    private const int ManySynapses = 300;
    private const int MostLabels = 70;
    private static readonly string[] NodeColours = ["#555555", "#9467bd", "#ff7f0e", "#2ca02c"];

    public static Sketch Of(string title, WiringGraph graph, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        int most = graph.Columns.Max(column => column.Count);
        double tall = Math.Clamp(26.0 * most, 400.0, 1500.0);
        var sketch = new Sketch(Width, Top + tall + 60.0);
        sketch.Text(Width / 2, 32, title, TextAnchor.Middle, 18);
        bool many = graph.Synapses.Length > ManySynapses;
        double lineWidth = many ? 0.6 : 1.3;
        foreach (var synapse in graph.Synapses.OrderBy(synapse => synapse.Kind)) sketch.Path(Way(synapse), Colour(synapse.Kind), lineWidth, many ? 0.35 : 0.65);
        for (int column = 0; column < graph.Columns.Length; column++)
        {
            var (role, count) = graph.Columns[column];
            double spacing = tall / count;
            sketch.Text(Place(new(column, 0)).X, 72, $"{role}: {count}", TextAnchor.Middle, 15);
            string colour = column == graph.Columns.Length - 1 ? NodeColours[^1] : NodeColours[column];
            var names = column == 0 ? inputs : column == graph.Columns.Length - 1 ? outputs : [];
            for (int i = 0; i < count; i++)
            {
                var (x, y) = Place(new(column, i));
                sketch.Circle(x, y, Math.Clamp(0.36 * spacing, 2.0, 10.0), colour);
                if (count > MostLabels || i >= names.Count) continue;
                sketch.Text(column == 0 ? x - 16 : x + (graph.LayersAreDense ? 16 : 60), y + 4, names[i], column == 0 ? TextAnchor.End : TextAnchor.Start, Math.Clamp(0.6 * spacing, 8.0, 13.0));
            }
        }

        AddKey();
        return sketch;

        (double X, double Y) Place(WiringNode node)
        {
            double step = (Width - 2 * Side) / (graph.Columns.Length - 1);
            return (Side + step * node.Column, Top + tall * (node.Place + 0.5) / graph.Columns[node.Column].Count);
        }

        // Straight to the next column; bent where it stays in its column or leads back, so that both directions can be seen.
        (double X, double Y)[] Way(WiringEdge synapse)
        {
            var (x1, y1) = Place(synapse.From);
            var (x2, y2) = Place(synapse.To);
            if (synapse.To.Column > synapse.From.Column) return [(x1, y1), (x2, y2)];
            bool isLoop = synapse.From == synapse.To;
            double bend = 60.0 + 0.25 * Math.Min(Math.Abs(y2 - y1), 300.0);
            double lift = isLoop ? 16.0 : 0.0;
            return [.. Enumerable.Range(0, 17).Select(i => Bezier(i / 16.0))];

            (double X, double Y) Bezier(double t)
            {
                double a = (1 - t) * (1 - t) * (1 - t), b = 3 * (1 - t) * (1 - t) * t, c = 3 * (1 - t) * t * t, d = t * t * t;
                double reach = isLoop ? 40.0 : bend;
                return (a * x1 + b * (x1 + reach) + c * (x2 + reach) + d * x2, a * y1 + b * (y1 - lift) + c * (y2 + lift) + d * y2);
            }
        }

        void AddKey()
        {
            double x = 40.0;
            double y = sketch.Height - 22.0;
            foreach (var kind in graph.Synapses.Select(synapse => synapse.Kind).Distinct().Order())
            {
                sketch.Line(x, y - 4, x + 30, y - 4, Colour(kind), 2.5);
                string words = kind == SynapseKind.Neutral
                    ? "synapse (a CfC's may excite or inhibit)"
                    : $"{(kind == SynapseKind.Excitatory ? "excitatory" : "inhibitory")} synapse";
                sketch.Text(x + 38, y, words, size: 13);
                x += 60.0 + 7.5 * words.Length;
            }

            if (graph.LayersAreDense) sketch.Text(x, y, "Not drawn: within a column of neurons each reads every other and itself.", size: 13);
        }
    }

    private static string Colour(SynapseKind kind) => kind switch
    {
        SynapseKind.Excitatory => "#d62728",
        SynapseKind.Inhibitory => "#1f77b4",
        _ => "#5f6f8f",
    };
}
