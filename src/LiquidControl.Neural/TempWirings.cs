#pragma warning disable
using System.Collections.Immutable;
using System.Text.Json;
namespace LiquidControl.Neural.Wirings;
public abstract record WiringRecipe
{
    public abstract ImmutableArray<int> LayerSizes { get; }
    public abstract int Units { get; init; }
    public abstract int OutputSize { get; }
    public void ThrowIfInvalid(string file) { }
    internal void Write(Utf8JsonWriter json) { json.WriteStartObject(); json.WriteEndObject(); }
    internal static WiringRecipe Read(JsonPlace p)
    {
        int G(string n, int d) => p.TryMember(n, out JsonPlace v) ? v.Whole() : d;
        string c = p.Member("class").Text();
        if (c == "NCP") return new L([G("inter_neurons", 0), G("command_neurons", 0), G("motor_neurons", 0)]);
        if (c == "AutoNCP") { int u = G("units", 0), o = G("output_size", 0), ic = u - o, cm = Math.Max((int)(0.4 * ic), 1); return new L([ic - cm, cm, o]); }
        return new FullyConnectedRecipe { Units = G("units", 0), Out = G("output_dim", G("units", 0)) };
    }
}
public record L(ImmutableArray<int> S) : WiringRecipe { public override ImmutableArray<int> LayerSizes => S; public override int Units { get => S.Sum(); init { } } public override int OutputSize => S[2]; }
public record FullyConnectedRecipe : WiringRecipe { public int? Out { get; init; } public override ImmutableArray<int> LayerSizes => [Units]; public override int Units { get; init; } public override int OutputSize => Out ?? Units; }
