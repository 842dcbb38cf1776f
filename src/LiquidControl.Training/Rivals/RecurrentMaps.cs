namespace LiquidControl.Training.Rivals;

/// <summary>The two linear maps of a recurrent rival, each with a bias of its own, all starting at ±1/√units as torch's do.</summary>
internal readonly record struct RecurrentMaps(LinearBlock Input, LinearBlock Recurrent)
{
    /// <param name="list">Where to lay out the tensors.</param>
    /// <param name="gates">Blocks of units.</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">What the first map reads.</param>
    public static RecurrentMaps Add(ParameterList list, int gates, int units, int inputs)
    {
        int rows = gates * units;
        int input = list.AddMatrix(RivalKeys.InputWeight, rows, inputs, ParameterStart.Linear(units), isKernel: true);
        int recurrent = list.AddMatrix(RivalKeys.RecurrentWeight, rows, units, ParameterStart.Linear(units), isKernel: true);
        int inputBias = list.AddVector(RivalKeys.InputBias, rows, ParameterStart.Linear(units));
        int recurrentBias = list.AddVector(RivalKeys.RecurrentBias, rows, ParameterStart.Linear(units));
        return new RecurrentMaps(new LinearBlock(input, inputBias, rows, inputs), new LinearBlock(recurrent, recurrentBias, rows, units));
    }
}
