using System.Globalization;
using Xunit;

namespace LiquidControl.Numerics.Tests;

/// <summary>Errors in ulp against references of 50 and more digits; reference/make_references.py makes them.</summary>
public class ElementaryAccuracyTests
{
    /// <summary>The bounds are those the doc comments state; they were measured on forty times as many points as are committed.</summary>
    [Theory]
    [InlineData("sin", 0.75)]
    [InlineData("cos", 0.75)]
    [InlineData("asin", 0.80)]
    [InlineData("acos", 0.87)]
    [InlineData("atan2", 0.85)]
    [InlineData("exp", 0.81)]
    [InlineData("log", 0.80)]
    [InlineData("tanh", 1.3)]
    [InlineData("erf", 0.88)]
    [InlineData("sigmoid", 2.1)]
    public void The_error_stays_within_the_stated_ulp(string name, double bound)
    {
        double worst = 0.0;
        string worstLine = "";
        int count = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "reference", "elementary.txt")))
        {
            string[] fields = line.Split(' ');
            if (fields[0] != name) continue;
            double got = Evaluate(name, Number(fields[1]), Number(fields[2]));
            double rounded = Number(fields[^2]);
            double ulp = Math.BitIncrement(Math.Abs(rounded)) - Math.Abs(rounded);
            double error = Math.Abs((got - rounded) / ulp - Number(fields[^1]));
            count++;
            if (error <= worst) continue;
            worst = error;
            worstLine = line;
        }

        TestContext.Current.SendDiagnosticMessage(
            string.Create(CultureInfo.InvariantCulture, $"{name}: {worst:F4} ulp over {count} points"));
        Assert.True(count > 400, $"{count} references of {name}");
        Assert.True(worst <= bound, $"{name}: {worst} ulp at {worstLine}");
    }

    /// <summary>For the functions of one argument the second field is already the result and is not used.</summary>
    private static double Evaluate(string name, double x, double second) => name switch
    {
        "sin" => Elementary.Sin(x),
        "cos" => Elementary.Cos(x),
        "asin" => Elementary.Asin(x),
        "acos" => Elementary.Acos(x),
        "atan2" => Elementary.Atan2(x, second),
        "exp" => Elementary.Exp(x),
        "log" => Elementary.Log(x),
        "tanh" => Elementary.Tanh(x),
        "erf" => Elementary.Erf(x),
        "sigmoid" => Elementary.Sigmoid(x),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such function"),
    };

    private static double Number(string bits) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
