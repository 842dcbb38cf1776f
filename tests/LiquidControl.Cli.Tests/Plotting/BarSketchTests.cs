using LiquidControl.Cli.Plotting;
using Xunit;

namespace LiquidControl.Cli.Tests.Plotting;

public sealed class BarSketchTests
{
    private const string Colour = "#123456";

    [Fact]
    public void Ten_times_the_time_is_one_decade_more_of_bar_and_words_say_unit_and_ratio()
    {
        var sketch = BarSketch.Of("Title", [new("sizes", [Of("fast", 90.0, 1.0), Of("slow", 900.0, 9.7), Of("slowest", 9000.0, 512.3)])]);

        double[] widths = [.. sketch.Marks.OfType<Mark.Box>().Select(box => box.Width)];
        Assert.Equal(3, widths.Length);
        Assert.InRange(widths[0], 5.0, 100.0);
        Assert.Equal(widths[1] - widths[0], widths[2] - widths[1], 1e-9);
        string[] words = [.. sketch.Marks.OfType<Mark.Text>().Select(text => text.Words)];
        Assert.Contains("90 ns (1)", words);
        Assert.Contains("900 ns (9.7)", words);
        Assert.Contains("9 µs (512)", words);
        Assert.Contains("slowest", words);
    }

    [Fact]
    public void Groups_fill_two_columns_and_nothing_lies_outside()
    {
        BarGroup[] groups = [.. Enumerable.Range(1, 5).Select(k => new BarGroup($"group {k}", Bars(k)))];
        var sketch = BarSketch.Of("Title", groups);

        var boxes = sketch.Marks.OfType<Mark.Box>().ToArray();
        Assert.Equal(30, boxes.Length);
        Assert.All(boxes, box => Assert.InRange(box.X, 0.0, sketch.Width - box.Width));
        Assert.All(boxes, box => Assert.InRange(box.Y, 0.0, sketch.Height - box.Height));
        Assert.All(sketch.Marks.OfType<Mark.Text>(), text => Assert.InRange(text.Y, 0.0, sketch.Height));
        Assert.Equal(2, boxes.Select(box => box.X).Distinct().Count());
        Assert.Distinct(boxes.Select(box => (box.X, box.Y)));

        static Bar[] Bars(int group) => [.. Enumerable.Range(1, 2 * group).Select(i => Of($"{group}-{i}", 10.0 * i, null))];
    }

    private static Bar Of(string name, double median, double? ratio) => new(name, median, 1.1 * median, ratio, Colour);
}
