using System.CommandLine;

namespace LiquidControl.Cli.Commands;

/// <summary>What `move` takes to drive the arm of a running daemon in place of a simulated one.</summary>
internal sealed class DaemonMoveOptions
{
    private readonly Option<bool> _daemon = new("--daemon") { Description = "Drives the arm of a running liquidcontrold in place of a simulated one." };
    private readonly Option<bool> _activate = new("--activate") { Description = "With --daemon: switches the outputs on first where they are off." };
    private readonly Option<string> _socket = DaemonOptions.Socket();
    private readonly Option<string> _ring = DaemonOptions.Ring();

    public IEnumerable<Option> All => [_daemon, _activate, _socket, _ring];

    public bool Wanted(ParseResult result) => result.GetValue(_daemon);

    public bool Activates(ParseResult result) => result.GetValue(_activate);

    public string Socket(ParseResult result) => result.GetRequiredValue(_socket);

    public string Ring(ParseResult result) => result.GetRequiredValue(_ring);

    /// <summary>Refuses options that only one of the two arms has.</summary>
    /// <param name="result">The call.</param>
    /// <param name="simulated">Options of the simulated arm.</param>
    /// <exception cref="BadInputException">One was given.</exception>
    public void ThrowIfMixed(ParseResult result, params Option[] simulated)
    {
        bool daemon = Wanted(result);
        foreach (var option in daemon ? simulated : [_activate, _socket, _ring])
        {
            if (result.GetResult(option) is not { Implicit: false }) continue;
            throw new BadInputException(
                daemon
                    ? $"{option.Name}: found with --daemon, expected without: the daemon's arm and controller are as they are. Leave it out."
                    : $"{option.Name}: found without --daemon, expected with it: a simulated arm has none. Add --daemon, or leave it out.");
        }
    }
}
