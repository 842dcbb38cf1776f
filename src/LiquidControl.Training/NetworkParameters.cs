using LiquidControl.Neural;
using LiquidControl.Neural.Wirings;
using LiquidControl.Numerics;
using LiquidControl.Training.Cells;
using LiquidControl.Training.Rivals;

namespace LiquidControl.Training;

/// <summary>
/// A network to train: its cell and readout, and where each of their tensors lies in one flat array of parameters. Of tensors with a mask
/// only the entries of synapses count; the others are 0.
/// </summary>
public sealed class NetworkParameters
{
    private readonly ParameterList _list = new();
    private readonly Dictionary<string, double[]> _masks = new(StringComparer.Ordinal);
    private readonly ParameterTensor[] _masked;

    /// <summary>The parameters of a network whose wiring, if it has one, is drawn by its recipe.</summary>
    /// <exception cref="ModelFormatException">The architecture is not valid.</exception>
    public NetworkParameters(NetworkArchitecture architecture) : this(architecture, WiringMasks.Of(architecture))
    {
    }

    /// <summary>The parameters of a network with the synapses that these weights have.</summary>
    public NetworkParameters(NetworkWeights weights)
        : this(weights.Architecture, MasksOf(weights))
    {
    }

    /// <summary>The parameters of a rival.</summary>
    public NetworkParameters(RivalArchitecture rival)
    {
        rival.ThrowIfInvalid();
        Rival = rival;
        InputSize = rival.InputSize;
        Cell = rival.NewCell(_list);
        Readout = Readout.Through(Cell, _list.AddPlainLayer(CfcKeys.Projection, rival.OutputSize, Cell.OutputCount, isKernel: true));
        _masked = [];
    }

    private NetworkParameters(NetworkArchitecture architecture, IEnumerable<KeyValuePair<string, double[]>> masks)
    {
        architecture.ThrowIfInvalid("architecture");
        foreach ((string key, double[] mask) in masks)
            _masks.Add(key, mask);
        Architecture = architecture;
        InputSize = architecture.InputSize;
        CellLayout neurons = architecture switch
        {
            CfcArchitecture dense => CfcCellLayout.Dense(_list, dense),
            WiredCfcArchitecture wired => new WiredCfcLayout(_list, wired, [.. LayerKeys(wired).Select(Mask)]),
            LtcArchitecture ltc => new LtcLayout(_list, ltc, Mask(LtcKeys.Recurrent.Mask), Mask(LtcKeys.Sensory.Mask)),
            NetworkArchitecture other =>
                throw new ArgumentException($"No gradient is known of {other.GetType().Name}.", nameof(architecture)),
        };
        Cell = architecture.Memory == MemoryCoupling.None ? neurons : new MixedMemoryLayout(_list, architecture, neurons);
        Readout = neurons is LtcLayout mapped && mapped.OutputWeight != LinearBlock.None
            ? Readout.Mapping(Cell, mapped.OutputWeight, mapped.OutputBias)
            : NewReadout(architecture);
        _masked = [.. Tensors.Where(static tensor => tensor.Mask is not null)];
    }

    /// <summary>The network's shape; null for a rival.</summary>
    public NetworkArchitecture? Architecture { get; }

    /// <summary>The rival's shape; null for a network of liquid neurons.</summary>
    public RivalArchitecture? Rival { get; }

    public int InputSize { get; }

    public int OutputSize => Readout.OutputSize;

    /// <summary>Parameters in all.</summary>
    public int Count => _list.Count;

    /// <summary>The tensors in the order of the flat array.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _list.Tensors;

    internal CellLayout Cell { get; }

    internal Readout Readout { get; }

    /// <summary>The tensor of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ParameterTensor this[string key] =>
        Tensors.FirstOrDefault(tensor => tensor.Key == key) ?? throw new KeyNotFoundException($"The network has no tensor '{key}'.");

    /// <summary>Draws every parameter, tensor after tensor in the order of the flat array, where a library starts.</summary>
    public float[] Draw(RandomStream random, StartRule rule = StartRule.Torch)
    {
        float[] parameters = new float[Count];
        foreach (ParameterTensor tensor in Tensors)
        {
            Action<RandomStream, Span<float>> start = rule == StartRule.Keras ? KerasStart.Of(tensor) : tensor.Start;
            start(random, tensor.Of<float>(parameters));
            tensor.ClearMasked<float>(parameters);
        }

        return parameters;
    }

    /// <summary>Sets to 0 what a step moved below it and must not be.</summary>
    internal void Constrain(Span<float> parameters)
    {
        foreach (ParameterTensor tensor in Tensors)
            if (tensor.NotNegative)
                foreach (ref float value in tensor.Of(parameters))
                    value = Math.Max(value, 0f);
    }

    /// <summary>Sets the gradients of entries that do not exist to 0.</summary>
    internal void ClearMasked<T>(Span<T> gradient) where T : struct
    {
        foreach (ParameterTensor tensor in _masked)
            tensor.ClearMasked(gradient);
    }

    /// <summary>The flat array of a network's weights, rounded to float.</summary>
    public float[] Flatten(NetworkWeights weights)
    {
        float[] parameters = new float[Count];
        foreach (ParameterTensor tensor in Tensors)
        {
            ReadOnlySpan<double> values = weights[tensor.Key];
            for (int i = 0; i < values.Length; i++)
                parameters[tensor.Offset + i] = (float)values[i];
            tensor.ClearMasked<float>(parameters);
        }

        return parameters;
    }

    /// <summary>The network's weights of a flat array.</summary>
    /// <exception cref="InvalidOperationException">A rival has no weights of this kind.</exception>
    public NetworkWeights Restore(ReadOnlySpan<float> parameters)
    {
        if (Architecture is null)
            throw new InvalidOperationException($"{Rival!.GetType().Name} is a rival; its parameters are read by key.");
        NetworkWeights weights = new(Architecture);
        foreach ((string key, double[] mask) in _masks)
            mask.CopyTo(weights[key]);
        foreach (ParameterTensor tensor in Tensors)
        {
            Span<double> values = weights[tensor.Key];
            for (int i = 0; i < values.Length; i++)
                values[i] = parameters[tensor.Offset + i];
        }

        return weights;
    }

    private static IEnumerable<KeyValuePair<string, double[]>> MasksOf(NetworkWeights weights) =>
        weights.Tensors.Where(static tensor => tensor.IsMask)
            .Select(tensor => KeyValuePair.Create(tensor.Key, weights[tensor.Key].ToArray()));

    private static IEnumerable<string> LayerKeys(WiredCfcArchitecture architecture) =>
        Enumerable.Range(0, architecture.Wiring.LayerSizes.Length).Select(static layer => CfcKeys.OfLayer(layer, CfcKeys.Mask));

    private bool[] Mask(string key) => Array.ConvertAll(_masks[key], static entry => entry != 0.0);

    private Readout NewReadout(NetworkArchitecture architecture)
    {
        int? projection = architecture switch
        {
            CfcArchitecture dense => dense.ProjectionSize,
            WiredCfcArchitecture wired => wired.ProjectionSize,
            _ => null,
        };
        return projection is int outputs
            ? Readout.Through(Cell, _list.AddPlainLayer(CfcKeys.Projection, outputs, Cell.OutputCount))
            : Readout.Of(Cell);
    }
}
