using LiquidControl.Neural;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Training.Tests;

public sealed class NetworkTapeTests
{
    private const ulong Seed = 77;
    private static readonly NetworkParameters Layout = new(new CfcArchitecture
    {
        InputSize = 3,
        Units = 5,
        Activation = Activation.Silu,
        BackboneLayers = 2,
        BackboneUnits = 7,
        ProjectionSize = 2,
    });

    [Fact]
    public void Chunks_with_carried_state_give_the_bits_of_one_pass()
    {
        float[] parameters = Layout.Draw(new RandomStream(Seed));
        NetworkTape<float> whole = new(Layout, 12);
        NetworkTape<float> parts = new(Layout, 5);
        Load(whole, 0, 12);
        whole.Forward(parameters, 12);
        for (int first = 0; first < 12; first += 5)
        {
            int steps = Math.Min(5, 12 - first);
            Load(parts, first, steps);
            parts.Forward(parameters, steps);
            for (int step = 0; step < steps; step++)
                Assert.Equal(whole.Output(first + step), parts.Output(step));
            parts.CarryState(steps);
        }
    }

    [Fact]
    public void Gradients_of_chunks_stop_at_the_carried_state()
    {
        double[] parameters = Array.ConvertAll(Layout.Draw(new RandomStream(Seed)), static p => (double)p);
        NetworkTape<double> tape = new(Layout, 4);
        Load(tape, 0, 4);
        tape.Forward(parameters, 4);
        tape.CarryState(4);
        Load(tape, 4, 4);
        double[] carried = tape.State.ToArray();

        double[] gradient = new double[Layout.Count];
        Sum(tape, parameters, 4);
        for (int step = 0; step < 4; step++)
            tape.OutputGradient(step).Fill(1.0);
        tape.Backward(parameters, gradient, 4);

        // The same slope, found with the carried state held constant.
        for (int i = 0; i < Layout.Count; i += 3)
        {
            double[] moved = [.. parameters];
            moved[i] += 1e-6;
            double above = Sum(tape, moved, 4);
            moved[i] -= 2e-6;
            double below = Sum(tape, moved, 4);
            Assert.Equal((above - below) / 2e-6, gradient[i], 1e-6 * (1.0 + Math.Abs(gradient[i])));
        }

        Assert.Equal(carried, tape.State.ToArray());
    }

    [Fact]
    public void A_pass_over_a_chunk_allocates_nothing()
    {
        float[] parameters = Layout.Draw(new RandomStream(Seed));
        float[] gradient = new float[Layout.Count];
        NetworkTape<float> tape = new(Layout, 5);
        Load(tape, 0, 5);
        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass()
        {
            tape.Forward(parameters, 5);
            tape.Backward(parameters, gradient, 5);
            tape.CarryState(5);
        }
    }

    private static double Sum(NetworkTape<double> tape, double[] parameters, int steps)
    {
        tape.Forward(parameters, steps);
        double sum = 0.0;
        for (int step = 0; step < steps; step++)
            foreach (double y in tape.Output(step))
                sum += y;
        return sum;
    }

    private static void Load<T>(NetworkTape<T> tape, int first, int steps) where T : struct, System.Numerics.INumber<T>
    {
        for (int step = 0; step < steps; step++)
        {
            RandomStream random = new RandomStream(Seed).Fork((ulong)(first + step));
            foreach (ref T x in tape.Input(step))
                x = T.CreateChecked(random.Uniform(-1.0, 1.0));
            foreach (ref T dt in tape.Timespans(step))
                dt = T.CreateChecked(random.Uniform(0.0, 2.0));
        }
    }
}
