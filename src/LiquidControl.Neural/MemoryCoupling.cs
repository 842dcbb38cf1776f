namespace LiquidControl.Neural;

/// <summary>How an LSTM memory (mixed memory, Lechner and Hasani 2020, arXiv 2006.04418) sits beside the liquid neurons.</summary>
public enum MemoryCoupling
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The LSTM's output replaces the neurons' state, and the neurons read the raw input (ncps for torch).</summary>
    State,

    /// <summary>The LSTM's output is the neurons' input, and they keep their own state (ncps for TensorFlow and Keras).</summary>
    Input,
}
