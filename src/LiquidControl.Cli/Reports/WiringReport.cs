namespace LiquidControl.Cli.Reports;

/// <summary>What `model wiring --json` prints: groups of inputs and neurons, and how many synapses or weights lead from one to another.</summary>
internal sealed record WiringReport(
    string File, IReadOnlyList<WiringGroupReport> Groups, IReadOnlyList<WiringLinkReport> Links, string? Note, string? Picture);

internal sealed record WiringGroupReport(string Role, int Count);

internal sealed record WiringLinkReport(string From, string To, string Kind, int Count);
