using System.Text.Json.Serialization;
using LiquidControl.Cli.Benchmarks.Jitter;
using LiquidControl.Training;

namespace LiquidControl.Cli.Reports;

/// <summary>Serializers made at compile time: camelCase names, doubles that read back to the same bits; NaN and infinities, which JSON lacks, as texts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(DynamicsReport[]))]
[JsonSerializable(typeof(RobotReport))]
[JsonSerializable(typeof(MoveReport))]
[JsonSerializable(typeof(NodeCallRow[]))]
[JsonSerializable(typeof(NodeMoveReport))]
[JsonSerializable(typeof(EvaluationRow[]))]
[JsonSerializable(typeof(RivalResult))]
[JsonSerializable(typeof(RivalRow[]))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(ExplanationReport))]
[JsonSerializable(typeof(TimelineReport))]
[JsonSerializable(typeof(WiringReport))]
[JsonSerializable(typeof(TrainingReport))]
[JsonSerializable(typeof(PredictorTrainingReport))]
[JsonSerializable(typeof(PredictionReport))]
[JsonSerializable(typeof(PredictionEvaluationReport))]
[JsonSerializable(typeof(QuantizationReport))]
[JsonSerializable(typeof(XorTrainingReport))]
[JsonSerializable(typeof(XorRow[]))]
[JsonSerializable(typeof(ObserverReport))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(SynapseReport))]
[JsonSerializable(typeof(ClosedFormReport))]
[JsonSerializable(typeof(SolversReport[]))]
[JsonSerializable(typeof(KernelRow[]))]
[JsonSerializable(typeof(DynamicsTimeRow[]))]
[JsonSerializable(typeof(TrainingTimeRow[]))]
[JsonSerializable(typeof(JitterReport))]
[JsonSerializable(typeof(AllocationReport))]
[JsonSerializable(typeof(DaemonJitter))]
internal sealed partial class ReportJson : JsonSerializerContext;
