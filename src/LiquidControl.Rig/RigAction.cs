using LiquidControl.Control;

namespace LiquidControl.Rig;

/// <summary>Something that happens in a scenario.</summary>
public abstract record RigAction;

/// <summary>A goal is posted, rad.</summary>
/// <param name="Pose">Its name.</param>
/// <param name="Goal">Its joint angles.</param>
public sealed record MoveAction(string Pose, double[] Goal) : RigAction;

/// <summary>A fault is put on the arm; the joint counts from 0.</summary>
public sealed record FaultAction(RigFault Fault, int Joint, double Value) : RigAction;

/// <summary>All faults are mended.</summary>
public sealed record MendAction : RigAction;

/// <summary>A person clears the fault.</summary>
public sealed record ClearAction : RigAction;

/// <summary>A person asks for a hold or a stop.</summary>
public sealed record RequestAction(OperatorRequest Request) : RigAction;

/// <summary>The outputs go off.</summary>
public sealed record DeactivateAction : RigAction;

/// <summary>The outputs go on.</summary>
public sealed record ActivateAction : RigAction;

/// <summary>A person gets the arm going again: clears a fault, or switches the outputs on where they are off.</summary>
public sealed record RecoverAction : RigAction;
