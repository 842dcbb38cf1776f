namespace LiquidControl.Service.Daemon;

/// <summary>What the loop's thread does between two cycles, because it may take longer than one.</summary>
internal enum LoopCommand
{
    None,

    /// <summary>Enables the outputs and holds the arm where it stands.</summary>
    Activate,

    /// <summary>Outputs off.</summary>
    Deactivate,

    /// <summary>Back to Active after a fault.</summary>
    Clear,
}
