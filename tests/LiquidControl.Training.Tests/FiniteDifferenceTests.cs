using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

/// <summary>
/// Every kind of network against central differences, in double, over sequences that differ from lane to lane, in length too.
/// </summary>
public sealed class FiniteDifferenceTests
{
    private const ulong Seed = 20240815;
    private const int Steps = 7;
    private const double Perturbation = 1e-6;
    private const double Tolerance = 2e-7;

    public static TheoryData<CfcMode, Activation, int, int> Configurations
    {
        get
        {
            TheoryData<CfcMode, Activation, int, int> all = [];
            foreach (CfcMode mode in Enum.GetValues<CfcMode>())
            {
                all.Add(mode, Activation.Tanh, 0, 0);
                foreach (Activation activation in Enum.GetValues<Activation>())
                    all.Add(mode, activation, 1 + ((int)activation % 3), (int)activation % 2 == 0 ? 2 : 0);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Gradient_is_the_slope_of_the_loss(CfcMode mode, Activation activation, int backboneLayers, int projection)
    {
        NetworkParameters network = new(new CfcArchitecture
        {
            InputSize = 3,
            Units = 5,
            Mode = mode,
            Activation = activation,
            BackboneLayers = backboneLayers,
            BackboneUnits = 6,
            ProjectionSize = projection == 0 ? null : projection,
        });
        RandomStream random = new(Seed);
        AssertSlopes(network, new NetworkTape<double>(network, Steps), Uniform(random, network.Count, 0.8), random);
    }

    [Theory]
    [MemberData(nameof(TestNetworks.Names), MemberType = typeof(TestNetworks))]
    public void Gradient_is_the_slope_of_the_loss_over_sequences_of_different_lengths(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        RandomStream random = new(Seed);
        NetworkTape<double> tape = new(network, Steps);
        for (int lane = 0; lane < NetworkTape<double>.LaneCount; lane++)
            tape.Lengths[lane] = lane == 7 ? 0 : Steps - (lane % 4);
        AssertSlopes(network, tape, Array.ConvertAll(network.Draw(random), static p => (double)p), random);
    }

    [Theory]
    [InlineData("cfc")]
    [InlineData("cfc with three layers")]
    [InlineData("cfc memory to input")]
    public void Gradient_is_the_slope_of_the_loss_under_dropout(string name)
    {
        NetworkParameters network = TestNetworks.Of(name);
        RandomStream random = new(Seed);
        NetworkTape<double> tape = new(network, Steps, dropout: 0.4);
        for (int step = 0; step < Steps; step++)
            for (int lane = 0; lane < NetworkTape<double>.LaneCount; lane++)
                tape.DrawDropout(step, lane, random);
        AssertSlopes(network, tape, Array.ConvertAll(network.Draw(random), static p => (double)p), random);
    }

    private static void AssertSlopes(NetworkParameters network, NetworkTape<double> tape, double[] parameters, RandomStream random)
    {
        double[] direction = Uniform(random, Steps * tape.OutputSize * NetworkTape<double>.LaneCount, 1.0);
        Load(tape, random);
        double[] gradient = new double[network.Count];
        Loss(tape, parameters, direction);
        for (int step = 0; step < Steps; step++)
            direction.AsSpan(step * tape.OutputGradient(step).Length, tape.OutputGradient(step).Length).CopyTo(tape.OutputGradient(step));
        tape.Backward(parameters, gradient, Steps);

        foreach (ParameterTensor tensor in network.Tensors)
            for (int i = 0; i < tensor.Count; i++)
            {
                double found = gradient[tensor.Offset + i];
                bool exists = tensor.Mask?[i] ?? true;
                double slope = exists ? Slope(tape, parameters, tensor.Offset + i, direction) : 0.0;
                bool agrees = exists ? Math.Abs(slope - found) <= Tolerance * (1.0 + Math.Abs(slope)) : found == 0.0;
                Assert.True(agrees, $"seed {Seed}: {tensor.Key}[{i}]: gradient {found:r}, slope {slope:r}");
            }
    }

    private static double Slope(NetworkTape<double> tape, double[] parameters, int i, double[] direction)
    {
        double value = parameters[i];
        parameters[i] = value + Perturbation;
        double above = Loss(tape, parameters, direction);
        parameters[i] = value - Perturbation;
        double below = Loss(tape, parameters, direction);
        parameters[i] = value;
        return (above - below) / (2.0 * Perturbation);
    }

    private static void Load(NetworkTape<double> tape, RandomStream random)
    {
        for (int step = 0; step < Steps; step++)
        {
            foreach (ref double x in tape.Input(step))
                x = random.Uniform(-1.0, 1.0);
            foreach (ref double dt in tape.Timespans(step))
                dt = random.Uniform(0.1, 2.0);
        }

        foreach (ref double h in tape.State)
            h = random.Uniform(-1.0, 1.0);
    }

    private static double Loss(NetworkTape<double> tape, double[] parameters, double[] direction)
    {
        tape.Forward(parameters, Steps);
        double loss = 0.0;
        for (int step = 0; step < Steps; step++)
            for (int i = 0; i < tape.Output(step).Length; i++)
                loss += direction[(step * tape.Output(step).Length) + i] * tape.Output(step)[i];
        return loss;
    }

    private static double[] Uniform(RandomStream random, int count, double bound)
    {
        double[] values = new double[count];
        foreach (ref double value in values.AsSpan())
            value = random.Uniform(-bound, bound);
        return values;
    }
}
