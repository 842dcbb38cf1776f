using System.Globalization;
using System.Text;
using System.Text.Json;
using LiquidControl.Neural.Wirings;
using Xunit;

namespace LiquidControl.Neural.Tests.Wirings;

/// <summary>Wirings against those of the reference library, ncps 1.0.1 with numpy 1.24.2.</summary>
public class WiringRecipeTests
{
    public static readonly TheoryData<string> Networks =
    [
        "cfc_autoncp_19_1_8in", "cfc_autoncp_28_4_20in_proj", "cfc_autoncp_mixed", "cfc_ncp_nogate", "cfc_ncp_pure",
        "cfc_wired_fullyconnected", "ltc_autoncp_19_1_8in", "ltc_mixed_autoncp", "ltc_ncp_linear_map", "ltc_random_nomap",
        "ltc_fullyconnected_out3_explicit",
    ];

    [Fact]
    public void All_golden_wirings_are_drawn_synapse_by_synapse()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Json("wirings")));
        Assert.Equal(16, golden.RootElement.GetArrayLength());
        foreach (JsonElement expected in golden.RootElement.EnumerateArray())
        {
            string arguments = expected.GetProperty("args").GetRawText();
            string kind = expected.GetProperty("class").GetRawText();
            WiringRecipe recipe = Recipe($$"""{"class": {{kind}}, {{arguments[1..]}}""");
            Wiring wiring = recipe.Build(expected.GetProperty("input_dim").GetInt32());
            AssertEqual(expected, wiring);
            Assert.Equal(expected.GetProperty("synapse_count").GetInt32(), wiring.SynapseCount);
            Assert.Equal(expected.GetProperty("sensory_synapse_count").GetInt32(), wiring.SensorySynapseCount);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_wirings_of_the_golden_networks_are_drawn_from_their_recipes(string name)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Json(name)));
        AssertEqual(golden.RootElement.GetProperty("wiring"), Build(golden.RootElement));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_masks_are_those_in_the_state_dict(string name)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Json(name)));
        Wiring wiring = Build(golden.RootElement);
        SafetensorsTensor[] masks = [.. SafetensorsFile.Read(Golden.Tensors(name)).Tensors.Where(IsMask)];
        if (name.StartsWith("ltc", StringComparison.Ordinal))
        {
            Assert.Equal(2, masks.Length);
            AssertMask(masks, "rnn_cell.sparsity_mask", wiring.Units, Magnitudes(wiring.Synapses));
            AssertMask(masks, "rnn_cell.sensory_sparsity_mask", wiring.InputSize, Magnitudes(wiring.SensorySynapses));
            return;
        }

        Assert.Equal(wiring.Layers.Length, masks.Length);
        for (int layer = 0; layer < masks.Length; layer++)
        {
            AssertMask(masks, $"rnn_cell.layer_{layer}.sparsity_mask", wiring.Layers[layer].Length, wiring.CfcMask(layer));
        }
    }

    /// <summary>golden/make_wiring_digests.py makes them.</summary>
    [Theory]
    [InlineData("AutoNCP", 121)]
    [InlineData("NCP", 180)]
    [InlineData("FullyConnected", 30)]
    [InlineData("Random", 58)]
    public void Random_recipes_give_the_wirings_of_the_reference_library(string kind, int lines)
    {
        int checkedLines = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", "wiring-digests.txt")))
        {
            if (!line.StartsWith($$"""{"class": "{{kind}}",""", StringComparison.Ordinal)) continue;
            string[] parts = line.Split(" | ");
            ulong[] expected = [.. parts[1].Split(' ').Select(number => ulong.Parse(number, CultureInfo.InvariantCulture))];
            Wiring wiring = Recipe(parts[0]).Build((int)expected[0]);
            ulong fold = 0;
            foreach (sbyte polarity in wiring.Synapses) fold = unchecked(31 * fold + (ulong)(polarity + 1));
            foreach (sbyte polarity in wiring.SensorySynapses) fold = unchecked(31 * fold + (ulong)(polarity + 1));
            ulong[] drawn = [(ulong)wiring.InputSize, (ulong)wiring.SynapseCount, (ulong)wiring.SensorySynapseCount, fold];
            Assert.True(expected.SequenceEqual(drawn), line);
            checkedLines++;
        }

        Assert.Equal(lines, checkedLines);
    }

    [Fact]
    public void A_recipe_without_arguments_has_the_defaults_of_the_reference_library()
    {
        AutoNcpRecipe automatic = new(19, 1);
        Assert.Equal((0.5, 22_222L), (automatic.SparsityLevel, automatic.Seed));
        NcpRecipe expected = new()
        {
            InterNeurons = 11,
            CommandNeurons = 7,
            MotorNeurons = 1,
            SensoryFanout = 5,
            InterFanout = 3,
            RecurrentCommandSynapses = 7,
            MotorFanin = 3,
        };
        Assert.Equal(expected, automatic.ToNcp());
        FullyConnectedRecipe full = new(8);
        Assert.Equal((8, 1_111L, true), (full.OutputSize, full.ErevInitSeed, full.SelfConnections));
        RandomRecipe random = new(8);
        Assert.Equal((8, 1_111L, 0.0), (random.OutputSize, random.RandomSeed, random.SparsityLevel));
    }

    private static Wiring Build(JsonElement network)
    {
        JsonElement constructor = network.GetProperty("constructor");
        return Recipe(constructor.GetProperty("wiring").GetRawText()).Build(constructor.GetProperty("input_size").GetInt32());
    }

    private static WiringRecipe Recipe(string json) => WiringRecipe.Read(JsonPlace.Parse(Encoding.UTF8.GetBytes(json), "file"));

    private static void AssertEqual(JsonElement expected, Wiring wiring)
    {
        Assert.Equal(expected.GetProperty("units").GetInt32(), wiring.Units);
        Assert.Equal(expected.GetProperty("input_dim").GetInt32(), wiring.InputSize);
        Assert.Equal(expected.GetProperty("output_dim").GetInt32(), wiring.OutputSize);
        Assert.Equal(Rows(expected.GetProperty("layers")), wiring.Layers.Select(layer => layer.ToArray()));
        Assert.Equal(Rows(expected.GetProperty("adjacency_matrix")).SelectMany(row => row), Numbers(wiring.Synapses));
        Assert.Equal(Rows(expected.GetProperty("sensory_adjacency_matrix")).SelectMany(row => row), Numbers(wiring.SensorySynapses));
    }

    private static int[][] Rows(JsonElement matrix) =>
        [.. matrix.EnumerateArray().Select(row => row.EnumerateArray().Select(entry => entry.GetInt32()).ToArray())];

    private static int[] Numbers(ReadOnlySpan<sbyte> synapses) => [.. synapses.ToArray().Select(polarity => (int)polarity)];

    private static double[] Magnitudes(ReadOnlySpan<sbyte> synapses) =>
        [.. synapses.ToArray().Select(polarity => Math.Abs((double)polarity))];

    private static bool IsMask(SafetensorsTensor tensor) => tensor.Name.EndsWith("sparsity_mask", StringComparison.Ordinal);

    private static void AssertMask(SafetensorsTensor[] masks, string key, int rows, double[] expected)
    {
        SafetensorsTensor mask = Assert.Single(masks, tensor => tensor.Name == key);
        Assert.Equal([rows, expected.Length / rows], mask.Shape);
        double[] stored = new double[expected.Length];
        mask.CopyTo(stored);
        Assert.Equal(stored, expected);
    }
}
