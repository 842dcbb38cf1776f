using LiquidControl.Control;
using LiquidControl.Neural;
using LiquidControl.Neural.Kernels;

namespace LiquidControl.Training.Arm;

/// <summary>A controller that takes part in an evaluation; the network kinds bring their model and its file's name.</summary>
public sealed record ControllerEntry(
    string Name, ControllerKind Kind, Model? Model = null, string ModelFile = "", KernelPrecision Precision = KernelPrecision.Binary32)
{
    /// <summary>A policy of its own for one episode: policies have state.</summary>
    public LiquidPolicy? NewPolicy(ArmDescription believed) => Model is null
        ? null
        : LiquidPolicy.Create(
            Model, believed, Kind == ControllerKind.EndToEnd ? PolicyRole.EndToEnd : PolicyRole.Residual, ModelFile, Precision);
}
