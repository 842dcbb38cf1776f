using LiquidControl.Neural.Explanation;
using Xunit;

namespace LiquidControl.Neural.Tests.Explanation;

public class StateAtTests
{
    public static TheoryData<string> All => [.. Golden.All];

    [Theory]
    [MemberData(nameof(All))]
    public void The_state_at_a_time_is_a_step_of_that_length_in_every_bit_and_changes_nothing(string name)
    {
        SampledNetwork<double> run = InTheMiddle(name, out double[] input);
        double[] before = run.State.ToArray();
        double[] output = run.Output.ToArray();
        double[] stateAt = new double[before.Length];
        double[] outputAt = new double[output.Length];
        foreach (double elapsed in (double[])[1e-3, 0.25, 1, 7.5])
        {
            Assert.Equal(StepResult.Ok, run.StateAt(elapsed, stateAt, outputAt));
            Assert.Equal(before, run.State.ToArray());
            Assert.Equal(output, run.Output.ToArray());

            SampledNetwork<double> stepped = new(run.Network);
            stepped.Reset(before);
            Assert.Equal(StepResult.Ok, stepped.Step(input, elapsed));
            Assert.Equal(stepped.State.ToArray(), stateAt);
            Assert.Equal(stepped.Output.ToArray(), outputAt);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Asking_allocates_nothing(string name)
    {
        SampledNetwork<double> run = InTheMiddle(name, out _);
        double[] state = new double[run.State.Length];
        double[] output = new double[run.Output.Length];
        run.StateAt(0.5, state, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) run.StateAt(0.5, state, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void At_no_time_at_all_only_a_CfC_answers(string name)
    {
        SampledNetwork<double> run = InTheMiddle(name, out _);
        StepResult expected = run.Network.Architecture is LtcArchitecture ? StepResult.TimespanZero : StepResult.Ok;
        Assert.Equal(expected, run.StateAt(0.0, new double[run.State.Length], new double[run.Output.Length]));
    }

    [Theory]
    [InlineData("cfc_autoncp_19_1_8in")]
    [InlineData("cfc_default_b1_lecun")]
    [InlineData("cfc_pure_b0")]
    [InlineData("cfc_nogate_b0")]
    public void Two_half_steps_of_a_CfC_are_not_one(string name)
    {
        Assert.True(OfIrregular(ReferenceVectors.Load(Golden.Json(name)).Weights, name).Halves.Difference > 1e-3);
    }

    [Fact]
    public void Two_half_steps_of_an_LTC_come_together_as_its_solver_gets_finer()
    {
        const string Name = "ltc_autoncp_19_1_8in";
        double[] differences = [.. new[] { 6, 60, 600 }.Select(unfolds => OfIrregular(WithUnfolds(Name, unfolds), Name).Halves.Difference)];

        Assert.True(differences[1] < differences[0] / 4, string.Join(' ', differences));
        Assert.True(differences[2] < differences[1] / 4, string.Join(' ', differences));
    }

    [Fact]
    public void A_timeline_passes_through_every_sample_and_ends_its_curve_where_the_held_input_leads()
    {
        const string Name = "cfc_autoncp_19_1_8in";
        ReferenceSequence sequence = Sequence(Name);
        Timeline timeline = OfIrregular(ReferenceVectors.Load(Golden.Json(Name)).Weights, Name);

        Assert.Equal(8, timeline.SampleTimes.Length);
        Assert.Equal(7 * 51, timeline.CurveTimes.Length);
        for (int sample = 0; sample < 8; sample++)
        {
            Assert.Equal(sequence.Outputs[10 + sample][0], timeline.SampleOutputs[sample][0], 1e-11);
        }

        Assert.Equal(sequence.Timespans.Skip(11).Take(7).Sum(), timeline.CurveTimes[^1], 1e-12);
        Assert.Equal(timeline.CurveTimes.Order(), timeline.CurveTimes);
        Assert.Equal(timeline.Halves.OneStep, timeline.Halves.OneStepCurve[^1].Output);
        Assert.Equal(sequence.Timespans.Skip(11).Take(7).Max(), timeline.Halves.Timespan);
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(0, 1)]
    [InlineData(44, 4)]
    [InlineData(0, int.MaxValue)]
    public void A_stretch_the_recording_does_not_have_is_refused(int first, int count)
    {
        Network<double> network = Network<double>.Create(ReferenceVectors.Load(Golden.Json("cfc_autoncp_19_1_8in")).Weights);
        Recording recording = Recording.Of(Sequence("cfc_autoncp_19_1_8in"), "file");
        string message = Assert.Throws<ModelFormatException>(() => Timeline.Of(network, recording, first, count)).Message;
        Assert.Contains("46", message, StringComparison.Ordinal);
    }

    private static Timeline OfIrregular(NetworkWeights weights, string name) =>
        Timeline.Of(Network<double>.Create(weights), Recording.Of(Sequence(name), name), 10, 8);

    private static ReferenceSequence Sequence(string name) =>
        ReferenceVectors.Load(Golden.Json(name)).Sequences.Single(sequence => sequence.Name == "irregular");

    private static NetworkWeights WithUnfolds(string name, int unfolds)
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json(name)).Weights;
        NetworkWeights finer = new((LtcArchitecture)weights.Architecture with { OdeUnfolds = unfolds });
        weights.Parameters.CopyTo(finer.Parameters, 0);
        return finer;
    }

    private static SampledNetwork<double> InTheMiddle(string name, out double[] input)
    {
        ReferenceVectors vectors = ReferenceVectors.Load(Golden.Json(name));
        ReferenceSequence sequence = vectors.Sequences.Single(sequence => sequence.Name == "irregular");
        SampledNetwork<double> run = new(Network<double>.Create(vectors.Weights));
        run.Reset(sequence.InitialState.AsSpan());
        for (int step = 0; step < 10; step++) Assert.Equal(StepResult.Ok, run.Step(sequence.Inputs[step], sequence.Timespans[step]));
        input = sequence.Inputs[9];
        return run;
    }
}
