namespace LiquidControl.Cli.Reports;

/// <summary>What `model info --json` prints.</summary>
internal sealed record ModelReport(
    string File, string Kind, string? Mode, string? Activation, int Inputs, int Units, int BackboneLayers, int BackboneUnits, int Outputs, long Parameters,
    long Bytes, long Connections, long MultiplyAdds, long Functions, string StorageType, double TimespanScale, IReadOnlyList<TensorReport> Tensors, IReadOnlyList<SignalReport> Features,
    IReadOnlyList<SignalReport> Commands, IReadOnlyDictionary<string, string> Provenance, CertificateReport Certificate);

internal sealed record TensorReport(string Key, int[] Shape);

/// <summary>An input with its mean and scale, or an output with its scale.</summary>
internal sealed record SignalReport(string Name, string Unit, double? Mean, double Scale);
