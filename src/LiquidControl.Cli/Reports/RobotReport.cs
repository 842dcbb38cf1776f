namespace LiquidControl.Cli.Reports;

/// <summary>What `robot info --json` prints.</summary>
internal sealed record RobotReport(
    string Name, string Configuration, string Urdf, string? Policy, bool PolicyExists, double RateHz, string Drives, double? SupplyV,
    double MovingMassKg, IReadOnlyList<JointReport> Joints, IReadOnlyList<PoseReport> Poses, IReadOnlyList<EffectsReport>? Unmodelled);

internal sealed record JointReport(
    string Name, double LowerDeg, double UpperDeg, double VelocityDegS, double AccelerationDegS2, double JerkDegS3, double TorqueNm,
    double ResidualBoundNm, double CoulombNm, double ViscousNmSRad, double ArmatureKgm2, double EncoderResolutionDeg);

/// <summary>What a simulated joint does in scenario unmodelled and no controller is told.</summary>
internal sealed record EffectsReport(
    string Name, double StiffnessNmRad, double DampingRatio, double BacklashMrad, double RippleNm, double RipplePerTurn, double CableNm,
    double CableHysteresisNm);

internal sealed record PoseReport(string Name, double[] JointsDeg, double[] ToolM);
