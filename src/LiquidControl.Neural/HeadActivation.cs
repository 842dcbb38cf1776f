namespace LiquidControl.Neural;

/// <summary>What the two heads of a CfC cell in mode default or no_gate go through before they are blended.</summary>
public enum HeadActivation
{
    /// <summary>tanh x ("tanh", ncps for torch).</summary>
    Tanh,

    /// <summary>x itself ("identity", ncps for TensorFlow and Keras).</summary>
    Identity,

    /// <summary>1.7159 tanh(0.666 x) ("lecun_tanh", the paper's TensorFlow code).</summary>
    LecunTanh,
}
