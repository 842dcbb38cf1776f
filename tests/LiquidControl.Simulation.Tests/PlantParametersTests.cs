using Xunit;

namespace LiquidControl.Simulation.Tests;

public class PlantParametersTests
{
    private static readonly PlantParameters Good = PlantParameters.From(TestArms.Ar4Dc);

    [Fact]
    public void Parameters_that_contradict_each_other_are_refused_with_what_was_found_and_expected()
    {
        Refused(Good with { Friction = Good.Friction[1..] }, "Friction has 5 entries for 6 joints.");
        Refused(Good with { TorqueLag = double.NaN }, "TorqueLag is NaN s; at least 0 expected.");
        Refused(Good with { SupplyResistance = 2 }, "SupplyResistance is 2 Ω; 0 to 0.3 expected.");
        Refused(Good with { PreslidingDeflection = 0 }, "PreslidingDeflection is 0 rad; more than 0 expected.");
        PlantParameters ideal = PlantParameters.From(TestArms.Ur5e) with { PowerOff = [.. Enumerable.Repeat(PowerOff.Brake, 6)] };
        Refused(ideal, "An ideal torque source has no terminals to short: PowerOff must be Coast.");
    }

    private static void Refused(PlantParameters parameters, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Plant(parameters)).Message);
}
