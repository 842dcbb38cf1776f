using LiquidControl.Numerics;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// Draws a neural circuit policy layer by layer in the order of the reference library (ncps 1.0.1, wirings.py): the partners of a neuron
/// are drawn together, then each synapse's polarity by itself. A later synapse between the same two overwrites the earlier one.
/// </summary>
internal sealed class NcpDrawing(NcpRecipe recipe, int inputSize)
{
    private readonly LegacyRandomState _random = new((uint)recipe.Seed);
    private readonly int _units = recipe.Units;
    private readonly int _firstCommand = recipe.MotorNeurons;
    private readonly int _firstInter = recipe.MotorNeurons + recipe.CommandNeurons;
    private readonly sbyte[] _synapses = new sbyte[recipe.Units * recipe.Units];
    private readonly sbyte[] _sensorySynapses = new sbyte[inputSize * recipe.Units];

    public Wiring Draw()
    {
        ConnectSensors();
        ConnectInterNeurons();
        ConnectCommandNeurons();
        ConnectMotorNeurons();
        return new Wiring(recipe, _synapses, _sensorySynapses);
    }

    private void ConnectSensors()
    {
        bool[] reached = new bool[recipe.InterNeurons];
        for (int sensor = 0; sensor < inputSize; sensor++)
        {
            foreach (int inter in _random.Choice(recipe.InterNeurons, recipe.SensoryFanout))
            {
                reached[inter] = true;
                Connect(_sensorySynapses, sensor, _firstInter + inter);
            }
        }

        int fanin = AtLeastOne((long)inputSize * recipe.SensoryFanout / recipe.InterNeurons, inputSize);
        for (int inter = 0; inter < reached.Length; inter++)
        {
            if (reached[inter]) continue;
            foreach (int sensor in _random.Choice(inputSize, fanin)) Connect(_sensorySynapses, sensor, _firstInter + inter);
        }
    }

    private void ConnectInterNeurons()
    {
        bool[] reached = new bool[recipe.CommandNeurons];
        for (int inter = 0; inter < recipe.InterNeurons; inter++)
        {
            foreach (int command in _random.Choice(recipe.CommandNeurons, recipe.InterFanout))
            {
                reached[command] = true;
                Connect(_synapses, _firstInter + inter, _firstCommand + command);
            }
        }

        // The reference library bounds this by the number of command neurons, not of the inter neurons it draws from.
        int fanin = AtLeastOne((long)recipe.InterNeurons * recipe.InterFanout / recipe.CommandNeurons, recipe.CommandNeurons);
        for (int command = 0; command < reached.Length; command++)
        {
            if (reached[command]) continue;
            foreach (int inter in _random.Choice(recipe.InterNeurons, fanin))
            {
                Connect(_synapses, _firstInter + inter, _firstCommand + command);
            }
        }
    }

    private void ConnectCommandNeurons()
    {
        uint last = (uint)recipe.CommandNeurons - 1;
        for (int i = 0; i < recipe.RecurrentCommandSynapses; i++)
        {
            int source = _firstCommand + (int)_random.Interval(last);
            int destination = _firstCommand + (int)_random.Interval(last);
            Connect(_synapses, source, destination);
        }
    }

    private void ConnectMotorNeurons()
    {
        bool[] used = new bool[recipe.CommandNeurons];
        for (int motor = 0; motor < recipe.MotorNeurons; motor++)
        {
            foreach (int command in _random.Choice(recipe.CommandNeurons, recipe.MotorFanin))
            {
                used[command] = true;
                Connect(_synapses, _firstCommand + command, motor);
            }
        }

        int fanout = AtLeastOne((long)recipe.MotorNeurons * recipe.MotorFanin / recipe.CommandNeurons, recipe.MotorNeurons);
        for (int command = 0; command < used.Length; command++)
        {
            if (used[command]) continue;
            foreach (int motor in _random.Choice(recipe.MotorNeurons, fanout)) Connect(_synapses, _firstCommand + command, motor);
        }
    }

    private void Connect(sbyte[] synapses, int source, int destination) =>
        synapses[source * _units + destination] = _random.Interval(1) == 0 ? (sbyte)-1 : (sbyte)1;

    private static int AtLeastOne(long count, int most) => (int)Math.Clamp(count, 1, most);
}
