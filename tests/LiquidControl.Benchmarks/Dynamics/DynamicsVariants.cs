using LiquidControl.Benchmarks.Harness;

namespace LiquidControl.Benchmarks.Dynamics;

/// <summary>Every function of every arm: ours, and KDL's where KDL is installed.</summary>
internal sealed class DynamicsVariants
{
    private readonly List<DynamicsOffer> _offers = [];

    public DynamicsVariants()
    {
        Missing = Kdl.Source.Lacking;
        foreach (DynamicsInputs inputs in DynamicsInputs.All)
        {
            Add<InverseDynamicsCall>(inputs);
            Add<MassMatrixCall>(inputs);
            Add<ForwardDynamicsCall>(inputs);
            Add<KinematicsCall>(inputs);
            Add<JacobianCall>(inputs);
        }
    }

    public IReadOnlyList<DynamicsOffer> Offers => _offers;

    /// <summary>Why KDL is left out, and what would bring it; null if it is here.</summary>
    public string? Missing { get; }

    private void Add<TFunction>(DynamicsInputs inputs)
        where TFunction : IDynamicsFunction
    {
        string group = $"{inputs.Name}, {TFunction.Name}";
        List<VariantOffer> variants = [new(group, "ours", () => new OursVariant<TFunction>(inputs)) { IsOurs = true }];
        if (Missing is null) variants.Add(new(group, "KDL", () => new KdlVariant<TFunction>(inputs)) { IsYardstick = true });
        _offers.Add(new(inputs.Name, TFunction.Name, [.. variants]));
    }
}

/// <summary>The variants of one function of one arm.</summary>
internal sealed record DynamicsOffer(string Robot, string Function, VariantOffer[] Variants);
