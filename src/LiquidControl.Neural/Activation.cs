namespace LiquidControl.Neural;

/// <summary>The activation of every backbone layer.</summary>
public enum Activation
{
    /// <summary>1.7159 tanh(0.666 x), with the reference library's 0.666 ("lecun_tanh").</summary>
    LecunTanh,

    /// <summary>tanh x ("tanh").</summary>
    Tanh,

    /// <summary>max(x, 0) ("relu").</summary>
    Relu,

    /// <summary>x σ(x) ("silu").</summary>
    Silu,

    /// <summary>½ x (1 + erf(x/√2)), the exact form ("gelu").</summary>
    Gelu,
}
