using System.Text;
using System.Text.Json;
using LiquidControl.Neural.Wirings;
using Xunit;

namespace LiquidControl.Neural.Tests.Wirings;

public class WiringRecipeFormatTests
{
    private const string Auto = """{"class": "AutoNCP", "units": 19, "output_size": 1}""";
    private const string Full = """{"class": "FullyConnected", "units": 8, "output_dim": 3}""";
    private const string Random = """{"class": "Random", "units": 8, "output_dim": 3}""";

    private const string Ncp =
        """
        {"class": "NCP", "inter_neurons": 12, "command_neurons": 6, "motor_neurons": 2, "sensory_fanout": 5, "inter_fanout": 4,
         "recurrent_command_synapses": 3, "motor_fanin": 1}
        """;

    private static readonly NcpRecipe Sample = new()
    {
        InterNeurons = 12,
        CommandNeurons = 6,
        MotorNeurons = 2,
        SensoryFanout = 5,
        InterFanout = 4,
        RecurrentCommandSynapses = 3,
        MotorFanin = 1,
    };

    [Fact]
    public void A_recipe_comes_back_as_it_was_written()
    {
        WiringRecipe[] recipes =
        [
            new AutoNcpRecipe(19, 1),
            new AutoNcpRecipe(30, 7) { SparsityLevel = 0.1 + 0.2, Seed = uint.MaxValue },
            Sample with { Seed = 0 },
            Sample with { SensoryFanout = 0, InterFanout = 0, RecurrentCommandSynapses = 0, MotorFanin = 0 },
            new FullyConnectedRecipe(8),
            new FullyConnectedRecipe(8) { OutputDim = 3, ErevInitSeed = (1L << 53) - 1, SelfConnections = false },
            new RandomRecipe(8) { OutputDim = 8, SparsityLevel = 1.0 / 3.0, RandomSeed = 0 },
            new RandomRecipe(8),
        ];
        foreach (WiringRecipe recipe in recipes)
        {
            string text = Written(recipe);
            Assert.Equal(recipe, Read(text));
            Assert.Equal(text, Written(Read(text)));
        }
    }

    [Fact]
    public void The_arguments_have_the_names_of_the_reference_library()
    {
        Assert.Equal("""{"class":"AutoNCP","units":19,"output_size":1,"sparsity_level":0.5,"seed":22222}""",
            Written(new AutoNcpRecipe(19, 1)));
        Assert.Equal(
            """{"class":"NCP","inter_neurons":12,"command_neurons":6,"motor_neurons":2,"sensory_fanout":5,"inter_fanout":4"""
            + ""","recurrent_command_synapses":3,"motor_fanin":1,"seed":22222}""", Written(Sample));
        Assert.Equal("""{"class":"FullyConnected","units":8,"erev_init_seed":1111,"self_connections":true}""",
            Written(new FullyConnectedRecipe(8)));
        Assert.Equal("""{"class":"Random","units":8,"output_dim":2,"sparsity_level":0,"random_seed":1111}""",
            Written(new RandomRecipe(8) { OutputDim = 2 }));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Equal(new AutoNcpRecipe(19, 1), Read(Auto));
        Assert.Equal(Sample, Read(Ncp));
        Assert.Equal(new FullyConnectedRecipe(8) { OutputDim = 3 }, Read(Full));
        Assert.Equal(new RandomRecipe(8), Read("""{"class": "Random", "units": 8, "output_dim": null, "sparsity_level": 0.0}"""));
    }

    [Theory]
    [InlineData(Auto, "\"AutoNCP\"", "\"Wiring\"", "$.class: found \"Wiring\", expected AutoNCP, NCP, FullyConnected or Random")]
    [InlineData(Auto, "\"AutoNCP\"", "4", "$.class: found 4, expected a string")]
    [InlineData(Auto, "\"units\": 19,", "", "$.units: found nothing")]
    [InlineData(Auto, "19", "19.5", "$.units: found 19.5, expected a whole number")]
    [InlineData(Auto, "\"output_size\"", "\"output_dim\"", "$.output_dim: found an unknown key")]
    [InlineData(Auto, "1}", "1, \"seed\": null}", "$.seed: found null, expected a finite number")]
    [InlineData(Auto, "1}", "1, \"seed\": 1.5}", "$.seed: found 1.5, expected a whole number")]
    [InlineData(Auto, "1}", "1, \"seed\": 1e300}", "$.seed: found 1e300, expected a whole number")]
    [InlineData(Auto, "1}", "1, \"seed\": -1}", "wiring 'seed': found -1, expected 0 to 4294967295")]
    [InlineData(Auto, "1}", "1, \"seed\": 4294967296}", "wiring 'seed': found 4294967296")]
    [InlineData(Auto, "1}", "1, \"sparsity_level\": 0.05}", "wiring 'sparsity_level': found 0.05, expected 0.1 to 1")]
    [InlineData(Auto, "1}", "1, \"sparsity_level\": 1.1}", "wiring 'sparsity_level': found 1.1")]
    [InlineData(Auto, "1}", "1, \"sparsity_level\": \"high\"}", "$.sparsity_level: found \"high\"")]
    [InlineData(Auto, "1}", "17}", "wiring 'output_size': found 17, expected 1 to 16")]
    [InlineData(Auto, "1}", "0}", "wiring 'output_size': found 0")]
    [InlineData(Auto, "19", "3", "wiring 'units': found 3, expected 4 to 8192")]
    [InlineData(Auto, "19", "8193", "wiring 'units': found 8193")]
    [InlineData(Auto, "19", "-2147483648", "wiring 'units'")]
    [InlineData(Ncp, "12", "0", "wiring 'inter_neurons': found 0")]
    [InlineData(Ncp, "12", "2147483647", "wiring 'inter_neurons': found 2147483647")]
    [InlineData(Ncp, "12", "8190", "wiring 'inter_neurons + command_neurons + motor_neurons': found 8198")]
    [InlineData(Ncp, "6", "0", "wiring 'command_neurons': found 0")]
    [InlineData(Ncp, "\"motor_neurons\": 2", "\"motor_neurons\": 0", "wiring 'motor_neurons': found 0")]
    [InlineData(Ncp, "5", "13", "wiring 'sensory_fanout': found 13, expected 0 to 12")]
    [InlineData(Ncp, "5", "-1", "wiring 'sensory_fanout': found -1")]
    [InlineData(Ncp, "4", "7", "wiring 'inter_fanout': found 7, expected 0 to 6")]
    [InlineData(Ncp, "4", "-1", "wiring 'inter_fanout': found -1")]
    [InlineData(Ncp, "3", "-1", "wiring 'recurrent_command_synapses': found -1")]
    [InlineData(Ncp, "3", "67108865", "wiring 'recurrent_command_synapses': found 67108865")]
    [InlineData(Ncp, "\"motor_fanin\": 1", "\"motor_fanin\": 7", "wiring 'motor_fanin': found 7, expected 0 to 6")]
    [InlineData(Ncp, "\"motor_fanin\": 1", "\"motor_fanin\": -1", "wiring 'motor_fanin': found -1")]
    [InlineData(Ncp, "\"motor_fanin\": 1", "\"motor_fanin\": 1, \"units\": 20", "$.units: found an unknown key")]
    [InlineData(Ncp, "\"motor_fanin\": 1", "\"motor_fanin\": 1, \"seed\": 4294967296", "wiring 'seed'")]
    [InlineData(Full, "8", "0", "wiring 'units': found 0, expected 1 to 8192")]
    [InlineData(Full, "8", "8193", "wiring 'units': found 8193")]
    [InlineData(Full, "3", "9", "wiring 'output_dim': found 9, expected 1 to 8")]
    [InlineData(Full, "3", "0", "wiring 'output_dim': found 0")]
    [InlineData(Full, "3", "3, \"erev_init_seed\": -1", "wiring 'erev_init_seed': found -1")]
    [InlineData(Full, "3", "3, \"erev_init_seed\": 9007199254740992", "$.erev_init_seed: found 9007199254740992")]
    [InlineData(Full, "3", "3, \"self_connections\": 1", "$.self_connections: found 1, expected true or false")]
    [InlineData(Full, "3", "3, \"seed\": 1", "$.seed: found an unknown key")]
    [InlineData(Random, "8", "0", "wiring 'units': found 0")]
    [InlineData(Random, "3", "9", "wiring 'output_dim': found 9")]
    [InlineData(Random, "3", "3, \"sparsity_level\": 1", "wiring 'sparsity_level': found 1, expected 0 to below 1")]
    [InlineData(Random, "3", "3, \"sparsity_level\": -0.1", "wiring 'sparsity_level': found -0.1")]
    [InlineData(Random, "3", "3, \"random_seed\": -1", "wiring 'random_seed': found -1")]
    [InlineData(Random, "3", "3, \"erev_init_seed\": 1", "$.erev_init_seed: found an unknown key")]
    public void A_faulty_recipe_is_refused_with_the_parameter(string recipe, string sound, string faulty, string message)
    {
        Assert.Contains(sound, recipe);
        ModelFormatException error =
            Assert.Throws<ModelFormatException>(() => Read(recipe.Replace(sound, faulty, StringComparison.Ordinal)));
        Assert.StartsWith($"file: {message}", error.Message);
    }

    [Fact]
    public void A_recipe_that_is_no_object_is_refused() =>
        Assert.Contains("$: found an array, expected an object", Assert.Throws<ModelFormatException>(() => Read("[]")).Message);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_sparsity_that_is_no_number_is_refused(double sparsity)
    {
        Assert.Throws<ModelFormatException>(() => new AutoNcpRecipe(19, 1) { SparsityLevel = sparsity }.ThrowIfInvalid("file"));
        Assert.Throws<ModelFormatException>(() => new RandomRecipe(19) { SparsityLevel = sparsity }.ThrowIfInvalid("file"));
    }

    [Theory]
    [InlineData(19, 0, "1 to 65536")]
    [InlineData(19, 65_537, "1 to 65536")]
    [InlineData(8_192, 8_193, "1 to 8192")]
    public void A_wiring_for_too_few_or_too_many_inputs_is_refused(int units, int inputs, string range)
    {
        AutoNcpRecipe recipe = new(units, 1);
        ModelFormatException error = Assert.Throws<ModelFormatException>(() => recipe.Build(inputs));
        Assert.Contains($"wiring 'input_size': found {inputs}, expected {range}", error.Message);
        Assert.Equal(error.Message, Assert.Throws<ModelFormatException>(() => recipe.ThrowIfInvalid("wiring recipe", inputs)).Message);
    }

    [Fact]
    public void An_invalid_recipe_builds_nothing() =>
        Assert.Contains("'output_size'", Assert.Throws<ModelFormatException>(() => new AutoNcpRecipe(19, 17).Build(3)).Message);

    private static WiringRecipe Read(string json) => WiringRecipe.Read(JsonPlace.Parse(Encoding.UTF8.GetBytes(json), "file"));

    private static string Written(WiringRecipe recipe)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream)) recipe.Write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
