using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using LiquidControl.Training;

namespace LiquidControl.Benchmarks.Training;

/// <summary>A network to train, and the batches it is trained with: random numbers, all sequences of one length.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Network">Its parameters.</param>
/// <param name="BatchSize">Sequences of a batch.</param>
/// <param name="Steps">Of each sequence, all of them backpropagated through at once.</param>
internal sealed record TrainingSize(string Name, NetworkParameters Network, int BatchSize, int Steps)
{
    private const int Batches = 4;

    /// <summary>The sizes that the reference library was timed at.</summary>
    public static IReadOnlyList<TrainingSize> All { get; } =
    [
        new("cfc-32", new(new CfcArchitecture { InputSize = 24, Units = 32, BackboneUnits = 64, ProjectionSize = 2 }), 64, 100),
        new("xor", new(Xor), 128, 32),
        new("ncp-19", new(new WiredCfcArchitecture { InputSize = 8, Wiring = new AutoNcpRecipe(19, 1) }), 64, 100),
    ];

    private static CfcArchitecture Xor =>
        new() { InputSize = 1, Units = 192, BackboneUnits = 128, Activation = Activation.Relu, ProjectionSize = 1 };

    /// <summary>A few batches.</summary>
    public SequenceSet NewData()
    {
        RandomStream random = new(1);
        SequenceSet data = new(Signals("x", Network.InputSize), Signals("y", Network.OutputSize));
        for (int i = 0; i < Batches * BatchSize; i++)
        {
            float[] timespans = [.. Enumerable.Range(0, Steps).Select(_ => (float)random.Uniform(0.1, 2.0))];
            data.Add(new TrainingSequence(Normals(Steps * Network.InputSize), Normals(Steps * Network.OutputSize), timespans));
        }

        return data;

        float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Normal())];
    }

    private static Signal[] Signals(string name, int count) => [.. Enumerable.Range(0, count).Select(i => new Signal($"{name}{i}", "1"))];
}
