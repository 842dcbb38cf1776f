using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>`ode`: closed forms of liquid networks beside the differential equations they replace.</summary>
internal static class OdeCommand
{
    public static Command Create(Terminal terminal) => new("ode", "Holds closed forms of liquid networks against the differential equations they replace.")
    {
        OdeSynapseCommand.Create(terminal),
        OdeClosedFormCommand.Create(terminal),
        OdeDrivingCommand.Create(terminal),
        OdeSolversCommand.Create(terminal),
    };
}
