namespace LiquidControl.Service.Daemon;

/// <summary>Hands one command after the other from the thread that hears them to the loop, and the answer back. Neither waits in here.</summary>
internal sealed class LoopDesk
{
    private volatile LoopCommand _command;
    private volatile string? _answer;

    /// <summary>Lays a command on the desk; null from <see cref="Answer"/> until the loop has obeyed it.</summary>
    public void Ask(LoopCommand command)
    {
        _answer = null;
        _command = command;
    }

    /// <summary>Empty when it was done; in words why not; null while it is not known.</summary>
    public string? Answer => _answer;

    /// <summary>By the loop.</summary>
    public LoopCommand Take()
    {
        var command = _command;
        if (command != LoopCommand.None)
            _command = LoopCommand.None;
        return command;
    }

    /// <summary>By the loop.</summary>
    public void Done(string refusal) => _answer = refusal;
}
