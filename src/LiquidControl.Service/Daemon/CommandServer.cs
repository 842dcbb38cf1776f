using LiquidControl.Control;
using LiquidControl.Realtime;
using LiquidControl.Robotics;
using LiquidControl.Service.Linux;

namespace LiquidControl.Service.Daemon;

/// <summary>
/// Hears commands on a Unix socket, a line each, and answers each with a line: `ok …` or `error …`. One connection at a time may move the
/// arm: it takes control, gives goals, and renews its lease while the arm moves. Anybody who may connect may stop it. One thread runs it;
/// after its start it allocates nothing, but for the clear of a latch, before anything moves.
/// </summary>
internal sealed unsafe class CommandServer : IDisposable
{
    private const int MostClients = 8;
    private const int PollMs = 10;
    private const int Nobody = -1;

    /// <summary>A command to the loop that has no answer by then has none.</summary>
    private const long LoopPatienceNs = 2_000_000_000;

    private readonly CommandListener _listener;
    private readonly IArmSide _side;
    private readonly LoopDesk _desk;
    private readonly LoopStatus _status;
    private readonly Latch _latch;
    private readonly double[] _goal;
    private readonly byte[] _reply = new byte[2 * CommandLine.MaxBytes];
    private readonly EnumWords<ControlState> _states = new();
    private readonly EnumWords<FaultCause> _faults = new();
    private readonly EnumWords<Notices> _notices = new();
    private readonly EnumWords<ReferencePhase> _phases = new();
    private readonly EnumWords<TrajectoryResult> _results = new();
    private readonly NativeBuffer<SocketCalls.PollEntry> _entries = new(1 + MostClients);
    private readonly NativeBuffer<byte> _lines = new(MostClients * CommandLine.MaxBytes);
    private readonly int[] _filled = new int[MostClients];
    private int _inControl = Nobody;

    public CommandServer(CommandListener listener, IArmSide side, LoopDesk desk, LoopStatus status, Latch latch)
    {
        _listener = listener;
        _side = side;
        _desk = desk;
        _status = status;
        _latch = latch;
        _goal = new double[side.Cycle.Command.Torque.Length];
        Entries.Fill(new() { File = Nobody, Events = SocketCalls.Readable });
        Entries[0].File = listener.File;
    }

    private Span<SocketCalls.PollEntry> Entries => _entries.Span;

    /// <summary>Waits a moment for commands and obeys those that came.</summary>
    public void Turn()
    {
        fixed (SocketCalls.PollEntry* entries = Entries)
        {
            if (SocketCalls.Poll(entries, (nuint)Entries.Length, PollMs) <= 0)
                return;
        }

        if (Entries[0].Returned != 0)
            Accept();
        for (int client = 0; client < MostClients; client++)
        {
            if (Entries[1 + client].File != Nobody && Entries[1 + client].Returned != 0)
                Hear(client);
        }
    }

    public void Dispose()
    {
        for (int client = 0; client < MostClients; client++) Close(client);
        _entries.Dispose();
        _lines.Dispose();
    }

    private void Accept()
    {
        int file = SocketCalls.Accept(_listener.File, null, null, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);
        if (file < 0)
            return;
        for (int client = 0; client < MostClients; client++)
        {
            if (Entries[1 + client].File != Nobody)
                continue;
            Entries[1 + client].File = file;
            _filled[client] = 0;
            return;
        }

        Send(file, "error: eight others are connected. Close one of them.\n"u8);
        _ = SocketCalls.Close(file);
    }

    private void Hear(int client)
    {
        var buffer = _lines.Span.Slice(client * CommandLine.MaxBytes, CommandLine.MaxBytes);
        nint received;
        fixed (byte* free = buffer[_filled[client]..])
            received = SocketCalls.Receive(Entries[1 + client].File, free, (nuint)(buffer.Length - _filled[client]), 0);
        if (received <= 0)
        {
            Close(client);
            return;
        }

        _filled[client] += (int)received;
        var text = buffer[.._filled[client]];
        while (text.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Send(Entries[1 + client].File, Answer(client, text[..end]));
            text = text[(end + 1)..];
        }

        if (text.Length == CommandLine.MaxBytes)
        {
            Send(Entries[1 + client].File, "error: found a line of more than 511 bytes, expected a command.\n"u8);
            Close(client);
            return;
        }

        text.CopyTo(buffer);
        _filled[client] = text.Length;
    }

    private ReadOnlySpan<byte> Answer(int client, ReadOnlySpan<byte> line) => CommandLine.WordOf(line) switch
    {
        CommandWord.Status => Status(),
        CommandWord.Activate when _latch.Cause is { } cause => new Reply(_reply).Add("error: "u8).Add(cause).Add(" Look at the arm, then clear."u8).End(),
        CommandWord.Activate => ByLoop(LoopCommand.Activate),
        CommandWord.Deactivate => ByLoop(LoopCommand.Deactivate),
        CommandWord.Clear when _latch.Cause is not null => ClearLatch(),
        CommandWord.Clear => ByLoop(LoopCommand.Clear),
        CommandWord.Hold => Ask(OperatorRequest.Hold),
        CommandWord.Stop => Ask(OperatorRequest.Stop),
        CommandWord.Take => Take(client),
        CommandWord.Release => Release(client),
        CommandWord.Renew => Renew(client),
        CommandWord.Goal => Goal(client, line),
        _ => "error: found an unknown word, expected status, activate, deactivate, clear, hold, stop, take, release, renew or goal.\n"u8,
    };

    private ReadOnlySpan<byte> Status()
    {
        var reply = new Reply(_reply).Add("ok state="u8).Add(_states.Of(_status.State)).Add(" phase="u8).Add(_phases.Of(_status.Phase))
            .Add(" faults="u8);
        reply = _notices.AddFlags(_faults.AddFlags(reply, _status.Faults).Add(" notices="u8), _status.Notices).Add(" goal="u8).Add(_results.Of(_status.Goal))
            .Add(" cycles="u8).Add(_status.Cycles).Add(" skipped="u8).Add(_status.Skipped)
            .Add(" control="u8).Add(_inControl == Nobody ? "free"u8 : "taken"u8);
        if (_latch.Cause is { } cause)
            reply = reply.Add(" latched: "u8).Add(cause);
        return reply.End();
    }

    private ReadOnlySpan<byte> ClearLatch()
    {
        _latch.Clear();
        return "ok\n"u8;
    }

    /// <summary>Waits for the loop's next cycle. Meanwhile nobody is heard and systemd is told nothing: a loop that gives no answer is not alive.</summary>
    private ReadOnlySpan<byte> ByLoop(LoopCommand command)
    {
        _desk.Ask(command);
        long until = MonotonicClock.NowNs + LoopPatienceNs;
        while (_desk.Answer is null && MonotonicClock.NowNs < until) Thread.Sleep(1);
        return _desk.Answer switch
        {
            null => "error: the loop gave no answer within 2 s. See its state with status.\n"u8,
            "" => "ok\n"u8,
            var refusal => new Reply(_reply).Add("error: "u8).Add(refusal).End(),
        };
    }

    private ReadOnlySpan<byte> Ask(OperatorRequest request)
    {
        _side.Cycle.Requests.Ask(request);
        return "ok\n"u8;
    }

    private ReadOnlySpan<byte> Take(int client)
    {
        if (_inControl != Nobody && _inControl != client)
            return "error: another connection has control. It must release it, or close.\n"u8;
        _inControl = client;
        return "ok\n"u8;
    }

    private ReadOnlySpan<byte> Release(int client)
    {
        if (_inControl != client)
            return NotInControl;
        _side.Cycle.Lease.Release();
        _inControl = Nobody;
        return "ok\n"u8;
    }

    private ReadOnlySpan<byte> Renew(int client)
    {
        if (_inControl != client)
            return NotInControl;
        _side.Cycle.Lease.Renew(_side.Clock.NowNs);
        return "ok\n"u8;
    }

    private ReadOnlySpan<byte> Goal(int client, ReadOnlySpan<byte> line)
    {
        if (_inControl != client)
            return NotInControl;
        if (!CommandLine.TryReadGoal(line, _goal))
            return new Reply(_reply).Add("error: found a goal that cannot be read, expected "u8).Add(_goal.Length).Add(" numbers (rad) after the word.\n"u8).Bytes;
        if (_status.State != ControlState.Active)
            return new Reply(_reply).Add("error: found the state "u8).Add(_states.Of(_status.State)).Add(", expected Active. Activate, or clear the fault, first."u8).End();
        _side.Cycle.Lease.Renew(_side.Clock.NowNs);
        _side.Cycle.Setpoints.Post(_goal);
        return "ok\n"u8;
    }

    private static ReadOnlySpan<byte> NotInControl => "error: this connection has no control. Take it first.\n"u8;

    private static void Send(int file, ReadOnlySpan<byte> line)
    {
        fixed (byte* bytes = line)
            _ = SocketCalls.Send(file, bytes, (nuint)line.Length, SocketCalls.NoSignal);
    }

    /// <summary>Whoever leaves in the middle of a move does not renew the lease any more: the arm holds.</summary>
    private void Close(int client)
    {
        if (Entries[1 + client].File == Nobody)
            return;
        _ = SocketCalls.Close(Entries[1 + client].File);
        Entries[1 + client].File = Nobody;
        if (_inControl == client)
            _inControl = Nobody;
    }
}
