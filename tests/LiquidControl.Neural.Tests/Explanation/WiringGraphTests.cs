using LiquidControl.Neural.Explanation;
using Xunit;

namespace LiquidControl.Neural.Tests.Explanation;

public class WiringGraphTests
{
    [Theory]
    [InlineData("cfc_autoncp_19_1_8in")]
    [InlineData("ltc_autoncp_19_1_8in")]
    public void An_NCP_leads_from_the_inputs_over_inter_and_command_to_the_motor_neurons(string name)
    {
        WiringGraph graph = Graph(name)!;

        Assert.Equal(
            [new("sensory", 8), new("inter", 11), new("command", 7), new WiringColumn("motor", 1)],
            graph.Columns);
        // No synapse skips a column or leads back; within one, only command neurons of an LTC are wired.
        Assert.All(graph.Synapses, synapse => Assert.True(
            synapse.To.Column == synapse.From.Column + 1 || (synapse.From.Column == 2 && synapse.To.Column == 2 && !graph.LayersAreDense)));
        Assert.All(graph.Synapses, synapse => Assert.InRange(synapse.To.Place, 0, graph.Columns[synapse.To.Column].Count - 1));
    }

    [Fact]
    public void Every_one_of_the_masks_is_a_synapse()
    {
        NetworkWeights weights = ReferenceVectors.Load(Golden.Json("ltc_autoncp_19_1_8in")).Weights;
        WiringGraph graph = WiringGraph.Of(weights)!;

        int ones = Ones(weights["rnn_cell.sparsity_mask"]) + Ones(weights["rnn_cell.sensory_sparsity_mask"]);
        Assert.Equal(ones, graph.Synapses.Length);
        Assert.DoesNotContain(graph.Synapses, synapse => synapse.Kind == SynapseKind.Neutral);
        Assert.Contains(graph.Synapses, synapse => synapse.Kind == SynapseKind.Excitatory);
        Assert.Contains(graph.Synapses, synapse => synapse.Kind == SynapseKind.Inhibitory);
    }

    [Fact]
    public void One_layer_shows_its_outputs_apart()
    {
        Assert.Equal(["sensory", "hidden", "motor"], Graph("ltc_fullyconnected_out3_explicit")!.Columns.Select(column => column.Role));
        Assert.Equal(3, Graph("ltc_fullyconnected_out3_explicit")!.Columns[2].Count);
        Assert.Equal(["sensory", "motor"], Graph("cfc_wired_fullyconnected")!.Columns.Select(column => column.Role));
    }

    [Fact]
    public void A_dense_network_has_none() => Assert.Null(Graph("cfc_default_b0"));

    private static WiringGraph? Graph(string name) => WiringGraph.Of(ReferenceVectors.Load(Golden.Json(name)).Weights);

    private static int Ones(ReadOnlySpan<double> mask)
    {
        int count = 0;
        foreach (double value in mask) count += value == 1.0 ? 1 : 0;
        return count;
    }
}
