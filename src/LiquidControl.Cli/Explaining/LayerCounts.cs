using LiquidControl.Cli.Reports;
using LiquidControl.Neural;
using LiquidControl.Neural.Explanation;

namespace LiquidControl.Cli.Explaining;

/// <summary>Counts a network's neurons by role, and what leads from one role to another.</summary>
internal static class LayerCounts
{
    private const string MemoryNote = "An LSTM keeps a memory beside these neurons; its weights are not counted here.";

    public static WiringReport Of(string path, WiringGraph graph, NetworkArchitecture architecture)
    {
        var links = graph.Synapses
            .GroupBy(synapse => (From: synapse.From.Column, To: synapse.To.Column, synapse.Kind))
            .OrderBy(group => group.Key)
            .Select(group => new WiringLinkReport(
                graph.Columns[group.Key.From].Role, graph.Columns[group.Key.To].Role, Name(group.Key.Kind), group.Count()))
            .ToList();
        if (graph.LayersAreDense)
        {
            links.AddRange(graph.Columns.Skip(1).Select(column => new WiringLinkReport(column.Role, column.Role, "dense", column.Count * column.Count)));
        }

        return new(path, [.. graph.Columns.Select(column => new WiringGroupReport(column.Role, column.Count))], links, Note(architecture), null);
    }

    /// <summary>A dense CfC: what its first layer reads, layer after layer, and the output.</summary>
    public static WiringReport OfDense(string path, NetworkArchitecture architecture)
    {
        var shape = (CfcArchitecture)architecture;
        var groups = new List<WiringGroupReport> { new("input", shape.CellInputSize) };
        for (int layer = 1; layer <= shape.BackboneLayers; layer++) groups.Add(new($"backbone {layer}", shape.BackboneUnits));
        groups.Add(new("neurons", shape.Units));
        int heads = shape.Mode == CfcMode.Pure ? 1 : 4;
        var links = new List<WiringLinkReport>();
        for (int i = 1; i < groups.Count; i++)
        {
            int each = i == groups.Count - 1 ? heads : 1;
            links.Add(new(groups[i - 1].Role, groups[i].Role, "weights", each * groups[i - 1].Count * groups[i].Count));
        }

        int firstEach = shape.BackboneLayers == 0 ? heads : 1;
        links.Add(new("neurons", groups[1].Role, "weights", firstEach * shape.Units * groups[1].Count));
        if (shape.ProjectionSize is { } projection)
        {
            groups.Add(new("output", projection));
            links.Add(new("neurons", "output", "weights", shape.Units * projection));
        }

        return new(path, groups, links, Note(architecture), null);
    }

    private static string? Note(NetworkArchitecture architecture) => architecture.Memory == MemoryCoupling.None ? null : MemoryNote;

    private static string Name(SynapseKind kind) => kind switch
    {
        SynapseKind.Excitatory => "excitatory",
        SynapseKind.Inhibitory => "inhibitory",
        _ => "synapses",
    };
}
