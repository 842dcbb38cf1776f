using LiquidControl.Exchange;
using LiquidControl.Neural;
using Microsoft.ML.OnnxRuntime;

namespace LiquidControl.Benchmarks.Kernel;

/// <summary>
/// The exported network in ONNX Runtime as fast as it goes for one step at a time: one thread, nodes in sequence, memory bound beforehand,
/// the new state written where the next step reads it.
/// </summary>
internal sealed class OnnxVariant : KernelVariant
{
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly List<OrtValue> _values = [];
    private readonly float[] _input;
    private readonly float[] _output;

    // Two, because a step must not write the state it reads: each leads to the other.
    private readonly float[][] _states;
    private readonly OrtIoBinding[] _bindings;
    private int _current;

    /// <param name="weights">The network.</param>
    /// <param name="tolerance">Largest difference of an output from the network in double.</param>
    public OnnxVariant(NetworkWeights weights, double tolerance)
        : base(weights, tolerance)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(OnnxExport.ToBytes(new Model { Weights = weights }, "benchmark"), options);
        _input = new float[InputSize];
        _output = new float[OutputSize];
        int stateSize = weights.Architecture.StateSize;
        _states = [new float[stateSize], new float[stateSize]];
        OrtValue input = Value(_input), output = Value(_output), timespan = Value([KernelInputs.Timespan]);
        OrtValue[] states = [Value(_states[0]), Value(_states[1])];
        _bindings = [Bind(states[0], states[1]), Bind(states[1], states[0])];

        OrtIoBinding Bind(OrtValue state, OrtValue nextState)
        {
            OrtIoBinding binding = _session.CreateIoBinding();
            binding.BindInput("input", input);
            binding.BindInput("timespan", timespan);
            binding.BindInput("state", state);
            binding.BindOutput("output", output);
            binding.BindOutput("next_state", nextState);
            return binding;
        }
    }

    /// <summary>What this machine lacks for it; null if nothing.</summary>
    public static string? Lacking => File.Exists(Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so"))
        ? null
        : "ONNX Runtime has no library for this platform (NuGet: Microsoft.ML.OnnxRuntime).";

    public override void Run(int steps)
    {
        for (; steps > 0; steps--)
        {
            Inputs.AsSpan(Next * InputSize, InputSize).CopyTo(_input);
            _session.RunWithBinding(_run, _bindings[_current]);
            _output.CopyTo(Outputs.AsSpan(Next * OutputSize, OutputSize));
            _current ^= 1;
            if (++Next == KernelInputs.Count) Next = 0;
        }
    }

    protected override void Free()
    {
        Array.ForEach(_bindings, binding => binding.Dispose());
        _values.ForEach(value => value.Dispose());
        _session.Dispose();
        _run.Dispose();
    }

    protected override void Reset() => Array.ForEach(_states, state => Array.Clear(state));

    private OrtValue Value(float[] memory)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, [1, memory.Length]);
        _values.Add(value);
        return value;
    }
}
