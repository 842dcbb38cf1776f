namespace LiquidControl.Training;

/// <summary>Whose rule draws the parameters that a training starts from.</summary>
public enum StartRule
{
    /// <summary>The reference library's for torch: Xavier, biases within ±1/√in.</summary>
    Torch,

    /// <summary>
    /// Keras's, which the paper's own code used: Xavier, biases 0; in pure mode w_tau 0 and A 1 (tf_cfc.py of raminmh/CfC).
    /// </summary>
    Keras,
}
