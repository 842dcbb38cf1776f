using LiquidControl.Neural;

namespace LiquidControl.Exchange;

/// <summary>
/// The program a model was trained with. All of them call the same things by the same names and compute them differently; nothing in the
/// weights tells which it was.
/// </summary>
/// <param name="Name">As a user writes it.</param>
/// <param name="Description">In words.</param>
/// <param name="GateSign">Of t_a dt in the gate σ(± t_a dt + t_b).</param>
/// <param name="Heads">What ff1 and ff2 go through.</param>
/// <param name="Memory">What mixed memory feeds.</param>
/// <param name="TimespanOffset">What an LTC adds to its timespan.</param>
/// <param name="HasImplicitConstraints">Whether an LTC may use softplus; the others use their weights as they are.</param>
/// <param name="HasSignedMasks">Whether a wired CfC multiplies its heads by the synapses' polarity, not only by their presence.</param>
public sealed record ModelSource(
    string Name, string Description, int GateSign, HeadActivation Heads, MemoryCoupling Memory, double TimespanOffset,
    bool HasImplicitConstraints, bool HasSignedMasks)
{
    public static ModelSource NcpsTorch { get; } = new(
        "ncps-torch", "ncps for PyTorch, the reference", 1, HeadActivation.Tanh, MemoryCoupling.State, 0.0, true, false);

    /// <summary>ncps 1.0.1, ncps/tf and ncps/keras.</summary>
    public static ModelSource NcpsKeras { get; } = new(
        "ncps-keras", "ncps for TensorFlow or Keras", -1, HeadActivation.Identity, MemoryCoupling.Input, 0.0, false, true);

    /// <summary>raminmh/CfC, tf_cfc.py.</summary>
    public static ModelSource PaperTensorFlow { get; } = new(
        "paper-tf", "the paper's TensorFlow code", -1, HeadActivation.LecunTanh, MemoryCoupling.Input, 1e-3, false, false);

    /// <summary>raminmh/CfC, torch_cfc.py.</summary>
    public static ModelSource PaperTorch { get; } = new(
        "paper-torch", "the paper's PyTorch code", 1, HeadActivation.Tanh, MemoryCoupling.State, 1.0, false, false);

    public static IReadOnlyList<ModelSource> All { get; } = [NcpsTorch, NcpsKeras, PaperTensorFlow, PaperTorch];
}
