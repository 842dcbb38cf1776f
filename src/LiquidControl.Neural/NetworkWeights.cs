using System.Collections.Immutable;

namespace LiquidControl.Neural;

/// <summary>
/// The weights of a network in double: one vector of parameters, with every tensor of the architecture as a window into it.
/// </summary>
public sealed class NetworkWeights
{
    private readonly Dictionary<string, Range> _ranges = new(StringComparer.Ordinal);

    /// <summary>All zero.</summary>
    /// <exception cref="ModelFormatException">The architecture's sizes are out of range.</exception>
    public NetworkWeights(NetworkArchitecture architecture)
    {
        architecture.ThrowIfInvalid("architecture");
        Architecture = architecture;
        Tensors = [.. architecture.Tensors()];
        int length = 0;
        foreach (TensorSpec tensor in Tensors)
        {
            _ranges.Add(tensor.Key, new Range(length, length + tensor.Length));
            length += tensor.Length;
        }

        Parameters = new double[length];
    }

    public NetworkArchitecture Architecture { get; }

    /// <summary>The keys and shapes, in the order they have in <see cref="Parameters"/>.</summary>
    public ImmutableArray<TensorSpec> Tensors { get; }

    /// <summary>Every weight, tensor after tensor, each row-major [out, in].</summary>
    public double[] Parameters { get; }

    /// <summary>The tensor of a state_dict key, row-major: a window into <see cref="Parameters"/>, to read and to write.</summary>
    /// <exception cref="KeyNotFoundException">The architecture has no such tensor.</exception>
    public Span<double> this[string key] => Parameters.AsSpan(_ranges[key]);

    public bool Has(string key) => _ranges.ContainsKey(key);

    /// <summary>Takes the tensors of a file, which must be exactly those the architecture demands, finite, in F32 or F64.</summary>
    /// <param name="architecture">What the network must look like.</param>
    /// <param name="tensors">The tensors found.</param>
    /// <param name="file">Where they came from, for the message.</param>
    /// <exception cref="ModelFormatException">A tensor is missing, extra, misshapen or holds a number that is not finite.</exception>
    public static NetworkWeights FromTensors(NetworkArchitecture architecture, IReadOnlyList<SafetensorsTensor> tensors, string file)
    {
        architecture.ThrowIfInvalid(file);
        Dictionary<string, SafetensorsTensor> found = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);

        // Shapes are compared before memory is reserved, so that a small file cannot claim a large network.
        foreach (TensorSpec wanted in architecture.Tensors())
        {
            string place = $"tensor '{wanted.Key}'";
            if (!found.Remove(wanted.Key, out SafetensorsTensor? tensor))
            {
                throw new ModelFormatException(file, place, "nothing", Shape(wanted.Shape),
                    "Check class, mode, layers, mappings and projection against the network that was saved.");
            }

            if (!tensor.Shape.SequenceEqual(wanted.Shape))
            {
                throw new ModelFormatException(file, place, Shape(tensor.Shape), Shape(wanted.Shape),
                    "Check the sizes in the description against the network that was saved.");
            }
        }

        if (found.Count > 0)
        {
            string extra = tensors.First(tensor => found.ContainsKey(tensor.Name)).Name;
            throw new ModelFormatException(file, $"tensor '{extra}'", "a tensor this network does not have",
                "only the network's own tensors",
                "Check class, mode, layers, mappings and projection against the network that was saved, or remove the tensor.");
        }

        NetworkWeights weights = new(architecture);
        foreach (SafetensorsTensor tensor in tensors) tensor.CopyTo(weights[tensor.Name]);
        foreach (TensorSpec tensor in weights.Tensors) weights.ThrowIfUnusable(tensor, file);
        return weights;
    }

    /// <summary>The tensors as a file holds them, in the architecture's order.</summary>
    public IReadOnlyList<SafetensorsTensor> ToTensors(TensorType type) =>
        [.. Tensors.Select(tensor => SafetensorsTensor.FromDoubles(tensor.Key, type, tensor.Shape, this[tensor.Key]))];

    private void ThrowIfUnusable(TensorSpec tensor, string file)
    {
        ReadOnlySpan<double> values = this[tensor.Key];
        for (int i = 0; i < values.Length; i++)
        {
            string place = $"tensor '{tensor.Key}', element {i}";
            if (!double.IsFinite(values[i]))
            {
                throw new ModelFormatException(file, place, $"{values[i]}", "a finite number",
                    "Train the network again: a non-finite weight makes every output non-finite.");
            }

            if (tensor.IsMask && values[i] is not (0.0 or 1.0))
            {
                throw new ModelFormatException(file, place, $"{values[i]}", "0 or 1", "A mask says where synapses are: save it as such.");
            }
        }
    }

    private static string Shape(ImmutableArray<int> shape) => $"shape [{string.Join(", ", shape)}]";
}
