using System.Collections.Immutable;
using System.Text.Json;

namespace LiquidControl.Neural.Wirings;

/// <summary>
/// How a wiring is drawn: a class of the reference library (ncps 1.0.1) and its constructor's arguments, with its defaults. The same
/// recipe and number of inputs give the synapses that the library draws, one by one.
/// </summary>
public abstract record WiringRecipe
{
    /// <summary>
    /// The most neurons: their matrix of synapses has 2^26 entries then. A wiring of more would have to be kept another way.
    /// </summary>
    internal const int MostUnits = 8_192;

    private const int MostInputs = 65_536;
    private const long MostSensoryPairs = 1L << 26;

    /// <summary>Number of neurons.</summary>
    public abstract int Units { get; }

    /// <summary>Number of motor neurons.</summary>
    public abstract int OutputSize { get; }

    /// <summary>The neurons' ids in each layer of a wired CfC, as in <see cref="Wiring.Layers"/>; of a valid recipe.</summary>
    public abstract ImmutableArray<ImmutableArray<int>> Layers { get; }

    /// <summary>The number of neurons in each of <see cref="Layers"/>.</summary>
    public ImmutableArray<int> LayerSizes => [.. Layers.Select(layer => layer.Length)];

    /// <summary>The reference library's name of the class.</summary>
    private protected abstract string ClassName { get; }

    /// <summary>
    /// Draws the wiring. Each call starts from the seed, so it always gives the same synapses; the reference library's build() goes on with
    /// the generator it has, and a second call there adds other synapses to the first ones.
    /// </summary>
    /// <param name="inputSize">Length of the input vector.</param>
    /// <exception cref="ModelFormatException">The recipe or the number of inputs is not valid.</exception>
    public Wiring Build(int inputSize)
    {
        ThrowIfInvalid("wiring recipe", inputSize);
        return Draw(inputSize);
    }

    /// <summary>Refuses what the reference library refuses or cannot build, and what is beyond the limits.</summary>
    /// <param name="file">Where the recipe came from, for the message.</param>
    /// <exception cref="ModelFormatException">A parameter is out of range; the place names it.</exception>
    public void ThrowIfInvalid(string file) => ThrowIfInvalid(new WiringParameters(file));

    /// <summary>Refuses an invalid recipe and a number of inputs that it cannot be built for.</summary>
    /// <param name="file">Where the recipe came from, for the message.</param>
    /// <param name="inputSize">Length of the input vector.</param>
    /// <exception cref="ModelFormatException">A parameter is out of range; the place names it.</exception>
    public void ThrowIfInvalid(string file, int inputSize)
    {
        ThrowIfInvalid(file);
        long most = Math.Min(MostInputs, MostSensoryPairs / Units);
        new WiringParameters(file).Check("input_size", inputSize, 1, most, "Use fewer inputs or a smaller network.");
    }

    /// <summary>Reads the wiring object of a model's constructor, such as {"class": "AutoNCP", "units": 19, "output_size": 1}.</summary>
    /// <exception cref="ModelFormatException">It is not a recipe, or not a valid one.</exception>
    internal static WiringRecipe Read(JsonPlace place)
    {
        JsonPlace kind = place.Member("class");
        WiringRecipe recipe = kind.Text() switch
        {
            AutoNcpRecipe.Class => AutoNcpRecipe.ReadParameters(place),
            NcpRecipe.Class => NcpRecipe.ReadParameters(place),
            FullyConnectedRecipe.Class => FullyConnectedRecipe.ReadParameters(place),
            RandomRecipe.Class => RandomRecipe.ReadParameters(place),
            _ => throw kind.Wrong($"{AutoNcpRecipe.Class}, {NcpRecipe.Class}, {FullyConnectedRecipe.Class} or {RandomRecipe.Class}"),
        };
        recipe.ThrowIfInvalid(place.File);
        return recipe;
    }

    /// <summary>Writes the object that <see cref="Read"/> reads.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("class", ClassName);
        WriteParameters(json);
        json.WriteEndObject();
    }

    private protected abstract Wiring Draw(int inputSize);

    private protected abstract void ThrowIfInvalid(WiringParameters parameters);

    private protected abstract void WriteParameters(Utf8JsonWriter json);
}
