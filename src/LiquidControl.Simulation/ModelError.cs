using LiquidControl.Control;

namespace LiquidControl.Simulation;

/// <summary>
/// How wrong the user's model is: what the controller believes in an evaluation. Rotor inertia stays right, as data sheets give it.
/// </summary>
/// <param name="MassScale">On every link's mass and inertia.</param>
/// <param name="FrictionScale">On Coulomb and viscous friction.</param>
public readonly record struct ModelError(double MassScale, double FrictionScale)
{
    public static ModelError None => new(1, 1);

    /// <summary>The evaluation's: masses 20 % too large, friction 20 % too small.</summary>
    public static ModelError Evaluation => new(1.2, 0.8);

    /// <summary>The description that a controller with this error believes in.</summary>
    public ArmDescription Apply(ArmDescription arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        if (this == None) return arm;

        double[] scale = new double[arm.JointCount];
        Array.Fill(scale, MassScale);
        double frictionScale = FrictionScale;
        return arm with
        {
            Model = arm.Model.WithScaledInertia(scale),
            Friction = Array.ConvertAll(
                arm.Friction, friction => friction with { Coulomb = friction.Coulomb * frictionScale, Viscous = friction.Viscous * frictionScale }),
        };
    }
}
