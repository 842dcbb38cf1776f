namespace LiquidControl.Neural.Tests;

/// <summary>Reference files made with ncps 1.0.1 (mlech26l/ncps@695ec22) and torch; each has its weights beside it.</summary>
internal static class Golden
{
    public static readonly string[] Dense =
    [
        "cfc_default_b1_lecun", "cfc_default_b0", "cfc_default_b2_silu_proj", "cfc_default_b1_relu", "cfc_pure_b1_tanh", "cfc_pure_b0",
        "cfc_nogate_b2_gelu", "cfc_nogate_b0", "cfc_default_64u_8in",
    ];

    public static readonly string[] Others =
    [
        "cfc_mixed_default_b1", "cfc_wired_fullyconnected", "cfc_autoncp_19_1_8in", "cfc_autoncp_28_4_20in_proj", "cfc_autoncp_mixed",
        "cfc_ncp_nogate", "cfc_ncp_pure", "ltc_fullyconnected_8u", "ltc_fullyconnected_out3_explicit", "ltc_autoncp_19_1_8in",
        "ltc_ncp_linear_map", "ltc_random_nomap", "ltc_mixed_autoncp",
    ];

    public static readonly string[] All = [.. Dense, .. Others];

    public static string Json(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".json");

    public static string Tensors(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name + ".safetensors");
}
