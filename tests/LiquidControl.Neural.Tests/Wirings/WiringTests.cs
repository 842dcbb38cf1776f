using System.Collections.Immutable;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using Xunit;

namespace LiquidControl.Neural.Tests.Wirings;

public class WiringTests
{
    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    public void A_circuit_policy_connects_layer_to_layer_and_forgets_no_neuron(ulong seed)
    {
        RandomStream random = new(seed);
        for (int trial = 0; trial < 300; trial++)
        {
            NcpRecipe recipe = RandomNcp(random);
            Wiring wiring = recipe.Build(1 + random.NextInt(20));
            string message = $"seed {seed}, trial {trial}: {recipe}, {wiring.InputSize} inputs";
            for (int source = 0; source < wiring.Units; source++)
            {
                Assert.True(wiring.RoleOf(source) != NeuronRole.Motor || Row(wiring, source).Count == 0, message);
                foreach (int destination in Row(wiring, source))
                {
                    (NeuronRole, NeuronRole) roles = (wiring.RoleOf(source), wiring.RoleOf(destination));
                    Assert.True(roles is (NeuronRole.Inter, NeuronRole.Command) or (NeuronRole.Command, NeuronRole.Command)
                        or (NeuronRole.Command, NeuronRole.Motor), message);
                }

                if (wiring.RoleOf(source) == NeuronRole.Inter)
                {
                    Assert.True(Enumerable.Range(0, wiring.InputSize).Any(input => wiring.SensorySynapse(input, source) != 0), message);
                    Assert.True(Row(wiring, source).Count >= recipe.InterFanout, message);
                }
                else if (wiring.RoleOf(source) == NeuronRole.Command)
                {
                    Assert.True(wiring.Layers[0].Any(inter => wiring.Synapse(inter, source) != 0), message);
                    Assert.True(Row(wiring, source).Any(destination => wiring.RoleOf(destination) == NeuronRole.Motor), message);
                }
            }

            for (int input = 0; input < wiring.InputSize; input++)
            {
                int[] reached = [.. Enumerable.Range(0, wiring.Units).Where(neuron => wiring.SensorySynapse(input, neuron) != 0)];
                Assert.True(reached.Length >= recipe.SensoryFanout, message);
                Assert.True(reached.All(neuron => wiring.RoleOf(neuron) == NeuronRole.Inter), message);
            }

            foreach (int motor in wiring.Layers[2])
            {
                Assert.True(wiring.Layers[1].Count(command => wiring.Synapse(command, motor) != 0) >= recipe.MotorFanin, message);
            }
        }
    }

    [Fact]
    public void A_recipe_builds_the_same_wiring_every_time_and_another_from_another_seed()
    {
        WiringRecipe[] recipes = [new AutoNcpRecipe(19, 1), new FullyConnectedRecipe(9), new RandomRecipe(9) { SparsityLevel = 0.4 }];
        WiringRecipe[] others =
        [
            new AutoNcpRecipe(19, 1) { Seed = 5 },
            new FullyConnectedRecipe(9) { ErevInitSeed = 5 },
            new RandomRecipe(9) { SparsityLevel = 0.4, RandomSeed = 5 },
        ];
        foreach ((WiringRecipe recipe, WiringRecipe other) in recipes.Zip(others))
        {
            Wiring wiring = recipe.Build(6);
            Wiring again = recipe.Build(6);
            Assert.True(wiring.Synapses.SequenceEqual(again.Synapses));
            Assert.True(wiring.SensorySynapses.SequenceEqual(again.SensorySynapses));
            Assert.False(wiring.Synapses.SequenceEqual(other.Build(6).Synapses));
        }
    }

    [Fact]
    public void The_neurons_are_numbered_from_the_motor_neurons_up()
    {
        Wiring wiring = new AutoNcpRecipe(19, 2).Build(3);
        Assert.Equal([11, 6, 2], wiring.Layers.Select(layer => layer.Length));
        Assert.Equal(Enumerable.Range(0, 19), wiring.Layers.Reverse().SelectMany(layer => layer));
        NeuronRole[] roles = [NeuronRole.Inter, NeuronRole.Command, NeuronRole.Motor];
        foreach ((ImmutableArray<int> layer, NeuronRole role) in wiring.Layers.Zip(roles))
        {
            Assert.All(layer, neuron => Assert.Equal(role, wiring.RoleOf(neuron)));
        }
    }

    [Fact]
    public void Without_layers_the_first_neurons_are_the_outputs()
    {
        WiringRecipe[] recipes = [new FullyConnectedRecipe(7) { OutputDim = 2 }, new RandomRecipe(7) { OutputDim = 2 }];
        foreach (WiringRecipe recipe in recipes)
        {
            Wiring wiring = recipe.Build(3);
            Assert.Equal(Enumerable.Range(0, 7), Assert.Single(wiring.Layers));
            Assert.Equal([0, 1], Enumerable.Range(0, 7).Where(neuron => wiring.RoleOf(neuron) == NeuronRole.Motor));
            Assert.Equal([2, 3, 4, 5, 6], Enumerable.Range(0, 7).Where(neuron => wiring.RoleOf(neuron) == NeuronRole.Inter));
        }
    }

    [Theory]
    [InlineData(5, 5, 0.9, 2)]
    [InlineData(1, 1, 0.5, 0)]
    [InlineData(3, 3, 0.5, 4)]
    [InlineData(3, 5, 0.9, 1)]
    public void A_random_wiring_has_as_many_synapses_as_its_sparsity_says_half_to_even(int units, int inputs, double sparsity, int synapses)
    {
        RandomRecipe recipe = new(units) { SparsityLevel = sparsity };
        Assert.Equal(synapses, recipe.Build(inputs).SynapseCount);
    }

    [Fact]
    public void What_is_not_there_cannot_be_asked_for()
    {
        Wiring wiring = new AutoNcpRecipe(8, 2).Build(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.Synapse(8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.Synapse(0, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.Synapse(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.SensorySynapse(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.SensorySynapse(0, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.RoleOf(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.CfcMask(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => wiring.CfcMask(-1));
    }

    private static List<int> Row(Wiring wiring, int source) =>
        [.. Enumerable.Range(0, wiring.Units).Where(destination => wiring.Synapse(source, destination) != 0)];

    private static NcpRecipe RandomNcp(RandomStream random)
    {
        int inter = 1 + random.NextInt(15);
        int command = 1 + random.NextInt(10);
        return new NcpRecipe
        {
            InterNeurons = inter,
            CommandNeurons = command,
            MotorNeurons = 1 + random.NextInt(5),
            SensoryFanout = random.NextInt(inter + 1),
            InterFanout = random.NextInt(command + 1),
            RecurrentCommandSynapses = random.NextInt(20),
            MotorFanin = random.NextInt(command + 1),
            Seed = (long)(random.NextUInt64() >> 32),
        };
    }
}
