using LiquidControl.Numerics;
using Onnx;
using Xunit;

namespace LiquidControl.Exchange.Tests;

public class OnnxGraphTests
{
    private static readonly double[] Weights = [0.5, -1.25, 2, 0.125, -0.75, 1.5];
    private static readonly double[] Bias = [0.1, -0.2];

    /// <summary>Every operator that a network needs, each in its place between the others, against the same in doubles.</summary>
    [Fact]
    public void A_graph_gives_in_ONNX_Runtime_what_the_same_formula_gives_here()
    {
        OnnxGraph graph = new("sample");
        graph.Input("x", 1, 3);
        graph.Constant("w", Weights, 2, 3);
        graph.Constant("b", Bias, 2);
        graph.Constant("m", Weights, 3, 2);
        graph.Node("gemm", "Gemm", ["x", "w", "b"], ("transB", 1));
        graph.Node("product", "MatMul", ["x", "m"]);
        graph.Node("tanh", "Tanh", ["gemm"]);
        graph.Node("sigmoid", "Sigmoid", ["product"]);
        graph.Node("exp", "Exp", ["tanh"]);
        graph.Node("erf", "Erf", ["sigmoid"]);
        graph.Node("scaled", "Mul", ["exp", "sigmoid"]);
        graph.Node("sum", "Add", ["scaled", "erf"]);
        graph.Node("all", "Concat", ["tanh", "sigmoid", "exp", "erf", "sum"], ("axis", 1));
        graph.Whole("from", 1);
        graph.Whole("to", 10);
        graph.Whole("axis", 1);
        graph.Node("y", "Slice", ["all", "from", "to", "axis"]);
        graph.Output("y", 1, 9);
        byte[] model = graph.ToBytes();

        RandomStream random = new(1);
        for (int sample = 0; sample < 20; sample++)
        {
            float[] x = [.. Enumerable.Range(0, 3).Select(_ => (float)random.Uniform(-3, 3))];
            float[] actual = OnnxSession.Run(model, ("x", x, [1, 3]));
            double[] expected = Expected(x);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6);
        }
    }

    [Fact]
    public void The_file_says_what_was_put_in()
    {
        OnnxGraph graph = Small();
        ModelProto model = ModelProto.Parser.ParseFrom(graph.ToBytes());
        Assert.Equal(17, Assert.Single(model.OpsetImport).Version);
        Assert.Equal(8, model.IrVersion);
        Assert.Equal("small", model.Graph.Name);
        TensorProto constant = Assert.Single(model.Graph.Initializer);
        Assert.Equal([1, 2], constant.Dims);
        Assert.Equal([0, 0, 192, 63, 205, 204, 204, 61], constant.RawData.ToByteArray()); // 1.5f and 0.1f
        Assert.Equal([1, 2], Assert.Single(model.Graph.Input).Type.TensorType.Shape.Dim.Select(extent => extent.DimValue));
        Assert.Equal("y", Assert.Single(model.Graph.Output).Name);
        Assert.Equal(graph.ToBytes(), Small().ToBytes());
    }

    [Fact]
    public void A_name_taken_or_unknown_and_numbers_that_do_not_fit_are_refused()
    {
        OnnxGraph graph = Small();
        Assert.Contains("'x' is empty or taken", Refusal(() => graph.Input("x", 1)));
        Assert.Contains("'y' is empty or taken", Refusal(() => graph.Node("y", "Tanh", ["x"])));
        Assert.Contains("'z' is not given yet", Refusal(() => graph.Node("a", "Tanh", ["z"])));
        Assert.Contains("'a' is not given yet", Refusal(() => graph.Node("a", "Tanh", ["a"])));
        Assert.Contains("'a' is not given yet", Refusal(() => graph.Output("a", 1)));
        Assert.Contains("c has 2 numbers, but its shape takes 3", Refusal(() => graph.Constant("c", [1, 2], 3)));
        Assert.Contains("d[1] = 1E+300", Refusal(() => graph.Constant("d", [1, 1e300], 2)));
        Assert.Contains("e[0] = NaN", Refusal(() => graph.Constant("e", [double.NaN], 1)));
    }

    private static OnnxGraph Small()
    {
        OnnxGraph graph = new("small");
        graph.Node("y", "Add", [graph.Input("x", 1, 2), graph.Constant("k", [1.5, 0.1], 1, 2)]);
        graph.Output("y", 1, 2);
        return graph;
    }

    private static double[] Expected(float[] x)
    {
        double[] tanh = [.. Enumerable.Range(0, 2).Select(row => Math.Tanh(Bias[row] + Dot(x, i => Weights[3 * row + i])))];
        double[] sigmoid = [.. Enumerable.Range(0, 2).Select(column => 1 / (1 + Math.Exp(-Dot(x, i => Weights[2 * i + column]))))];
        double[] exp = [.. tanh.Select(Math.Exp)];
        double[] erf = [.. sigmoid.Select(Erf)];
        double[] sum = [.. exp.Select((value, i) => value * sigmoid[i] + erf[i])];
        double[] all = [.. tanh, .. sigmoid, .. exp, .. erf, .. sum];
        return all[1..10];
    }

    private static double Dot(float[] x, Func<int, double> weight) => x.Select((value, i) => value * weight(i)).Sum();

    /// <summary>Its Taylor series, good to 1e-15 for the arguments from 0 to 1 that a sigmoid gives.</summary>
    private static double Erf(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 30; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static string Refusal(Action build) => Assert.Throws<ArgumentException>(build).Message;
}
