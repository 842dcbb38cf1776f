namespace LiquidControl.Neural;

/// <summary>
/// The shape of a dense CfC network: everything but its weights. The defaults are those of the reference library (ncps 1.0.1).
/// </summary>
public sealed record CfcArchitecture
{
    private const int LargestExtent = 65_536;
    private const int MostBackboneLayers = 64;
    private const long MostParameters = 1L << 26;

    /// <summary>Length of the input vector.</summary>
    public required int InputSize { get; init; }

    /// <summary>Length of the state vector.</summary>
    public required int Units { get; init; }

    public CfcMode Mode { get; init; } = CfcMode.Default;

    public Activation Activation { get; init; } = Activation.LecunTanh;

    /// <summary>Width of every backbone layer; without meaning when there are no layers.</summary>
    public int BackboneUnits { get; init; } = 128;

    /// <summary>0: the heads read input and state directly.</summary>
    public int BackboneLayers { get; init; } = 1;

    /// <summary>
    /// Whether the network was trained with dropout: it does nothing here, but shifts the numbers in the reference library's keys.
    /// </summary>
    public bool BackboneDropout { get; init; }

    /// <summary>Length of the output after the linear projection; null: the output is the state.</summary>
    public int? ProjectionSize { get; init; }

    public int StateSize => Units;

    public int OutputSize => ProjectionSize ?? Units;

    /// <summary>Length of the vector the heads read.</summary>
    public int HeadInputSize => BackboneLayers == 0 ? InputSize + Units : BackboneUnits;

    /// <summary>Every tensor of the network under the reference library's state_dict key, in its order.</summary>
    public IReadOnlyList<TensorSpec> Tensors()
    {
        List<TensorSpec> tensors = [];
        if (Mode == CfcMode.Pure)
        {
            tensors.Add(new TensorSpec(CfcKeys.TimeConstant, [1, Units]));
            tensors.Add(new TensorSpec(CfcKeys.Amplitude, [1, Units]));
        }

        for (int layer = 0; layer < BackboneLayers; layer++)
        {
            AddLinear(CfcKeys.Backbone(layer, BackboneDropout), BackboneUnits, layer == 0 ? InputSize + Units : BackboneUnits);
        }

        AddLinear(CfcKeys.Head1, Units, HeadInputSize);
        if (Mode != CfcMode.Pure)
        {
            AddLinear(CfcKeys.Head2, Units, HeadInputSize);
            AddLinear(CfcKeys.TimeA, Units, HeadInputSize);
            AddLinear(CfcKeys.TimeB, Units, HeadInputSize);
        }

        if (ProjectionSize is int projection) AddLinear(CfcKeys.Projection, projection, Units);
        return tensors;

        void AddLinear(string key, int outputs, int inputs)
        {
            tensors.Add(new TensorSpec(key + CfcKeys.Weight, [outputs, inputs]));
            tensors.Add(new TensorSpec(key + CfcKeys.Bias, [outputs]));
        }
    }

    /// <summary>Refuses sizes that make no network or one beyond the limits.</summary>
    /// <param name="file">Where the sizes came from, for the message.</param>
    /// <exception cref="ModelFormatException">A size is out of range.</exception>
    public void ThrowIfInvalid(string file)
    {
        Check("input size", InputSize, 1, LargestExtent);
        Check("units", Units, 1, LargestExtent);
        Check("backbone layers", BackboneLayers, 0, MostBackboneLayers);
        if (BackboneLayers > 0) Check("backbone units", BackboneUnits, 1, LargestExtent);
        if (ProjectionSize is int projection) Check("projection size", projection, 1, LargestExtent);
        Check("mode", (int)Mode, 0, (int)CfcMode.NoGate);
        Check("activation", (int)Activation, 0, (int)Activation.Gelu);

        long state = InputSize + Units;
        long backbone = BackboneLayers == 0 ? 0 : (state + 1 + (BackboneLayers - 1L) * (BackboneUnits + 1L)) * BackboneUnits;
        long heads = (Mode == CfcMode.Pure ? 1 : 4) * (HeadInputSize + 1L) * Units;
        long total = backbone + heads + (ProjectionSize ?? 0L) * (Units + 1L);
        if (total > MostParameters)
        {
            throw new ModelFormatException(file, "architecture", $"{total} parameters", $"at most {MostParameters}",
                "Use a smaller network.");
        }

        void Check(string name, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                throw new ModelFormatException(file, name, $"{value}", $"{least} to {most}", "Correct the architecture of the model.");
            }
        }
    }
}
