namespace LiquidControl.Exchange.Tests;

/// <summary>Files that torch.save wrote of ncps 1.0.1 networks; each has the same numbers beside it as safetensors.</summary>
internal static class Golden
{
    public static readonly string[] Names = ["cfc_default_b1_lecun", "cfc_mixed_default_b1", "ltc_fullyconnected_8u"];

    public static string PyTorch(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".pt");

    public static string Safetensors(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".safetensors");

    public static string Json(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".json");
}
