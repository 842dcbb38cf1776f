namespace LiquidControl.Training.Cells;

/// <summary>Which block of an LSTM's gates is which, and what is added to the forget gate before its sigmoid.</summary>
internal readonly record struct LstmGates(int Candidate, int Input, int Forget, int Output, double ForgetBias)
{
    /// <summary>torch: input, forget, candidate, output.</summary>
    public static LstmGates Torch { get; } = new(Candidate: 2, Input: 0, Forget: 1, Output: 3, ForgetBias: 0.0);

    /// <summary>The reference library's mixed memory: candidate, input, forget, output.</summary>
    public static LstmGates MixedMemory(double forgetBias) => new(Candidate: 0, Input: 1, Forget: 2, Output: 3, forgetBias);
}
