using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;
using LiquidControl.Training.Rivals;

namespace LiquidControl.Training.Arm;

/// <summary>A controller that takes part in an evaluation.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Kind">Its law.</param>
/// <param name="NewPolicy">A policy of its own for one episode, as policies have state; null where the law needs none.</param>
public sealed record ControllerEntry(string Name, ControllerKind Kind, Func<ArmDescription, ControllerSettings, LiquidPolicy>? NewPolicy = null)
{
    /// <summary>A law with a network from a file.</summary>
    public static ControllerEntry Of(
        string name, ControllerKind kind, Model model, string file, KernelPrecision precision = KernelPrecision.Binary32) =>
        new(name, kind, (believed, settings) => LiquidPolicy.Create(model, believed, settings, RoleOf(kind), file, precision));

    /// <summary>A law with a network as its training left it, a rival too.</summary>
    public static ControllerEntry Of(string name, ControllerKind kind, TrainingResult trained)
    {
        if (trained.Network.Rival is null)
            return Of(name, kind, trained.Model, name);
        return new(name, kind, (believed, settings) => LiquidPolicy.Create(
            new TapePolicyNetwork(trained.Network, trained.Parameters), trained.Metadata, believed, settings, RoleOf(kind), name));
    }

    private static PolicyRole RoleOf(ControllerKind kind) =>
        kind == ControllerKind.EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual;
}
