using System.Buffers.Binary;
using LiquidControl.Simulation.Chips;
using Xunit;

namespace LiquidControl.Simulation.Tests.Chips;

/// <summary>The emulated encoders, word by word. Three chips: the first word on the wire belongs to position 2.</summary>
public sealed class EmulatedAs5048aChainTests
{
    private const ushort Angle = 0xFFFF;
    private const ushort Magnitude = 0x7FFE;
    private const ushort Diagnostics = 0x7FFD;
    private const ushort ClearError = 0x4001;

    private readonly EmulatedAs5048aChain _chain = new(3);

    public EmulatedAs5048aChainTests()
    {
        for (int position = 0; position < 3; position++)
        {
            _chain.SetAngle(position, 0x0100 + position);
        }
    }

    [Fact]
    public void The_answer_comes_one_frame_later_with_even_parity_and_the_last_chip_first()
    {
        Assert.Equal([0, 0, 0], Send(Angle, Angle, Angle));
        Assert.Equal([0x0102, 0x0101, 0x8100], Send(Magnitude, Diagnostics, Angle));
        Assert.Equal([0x9000, 0x0180, 0x8100], Send(Angle, Angle, Angle));
    }

    [Fact]
    public void A_wrong_parity_raises_the_error_flag_in_the_next_frame_and_it_stays_until_cleared()
    {
        Send(Angle, 0x7FFF, Angle);
        Assert.Equal([0x0102, 0xC000, 0x8100], Send(Angle, Angle, Angle));
        Assert.Equal(0xC101, Send(Angle, ClearError, Angle)[1]);

        // The register says parity error; the flag is gone.
        Assert.Equal(0x8004, Send(Angle, Angle, Angle)[1]);
        Assert.Equal(0x0101, Send(Angle, Angle, Angle)[1]);
    }

    [Fact]
    public void An_unknown_command_is_an_error_too()
    {
        Send(0x6000, Angle, Angle);
        Assert.Equal(0xC000, Send(ClearError, Angle, Angle)[0]);
        Assert.Equal(0x8002, Send(Angle, Angle, Angle)[0]);
    }

    [Fact]
    public void A_frame_of_the_wrong_length_is_a_framing_error_of_every_chip()
    {
        byte[] read = new byte[4];
        _chain.Exchange([0xFF, 0xFF, 0xFF, 0xFF], read);
        Assert.Equal([0, 0, 0, 0], read);
        Assert.Equal([0xC000, 0xC000, 0xC000], Send(ClearError, ClearError, ClearError));
        Assert.Equal([0x8001, 0x8001, 0x8001], Send(Angle, Angle, Angle));
    }

    [Fact]
    public void Angles_are_taken_modulo_one_turn()
    {
        _chain.SetAngle(0, -1);
        _chain.SetAngle(1, 16384 + 3);
        Send(Angle, Angle, Angle);
        int[] words = Send(Angle, Angle, Angle);
        Assert.Equal(16383, words[2] & 0x3FFF);
        Assert.Equal(3, words[1] & 0x3FFF);
    }

    private int[] Send(params ushort[] words)
    {
        byte[] write = new byte[6];
        byte[] read = new byte[6];
        for (int i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(write.AsSpan(2 * i), words[i]);
        }

        _chain.Exchange(write, read);
        return [.. Enumerable.Range(0, 3).Select(i => (int)BinaryPrimitives.ReadUInt16BigEndian(read.AsSpan(2 * i)))];
    }
}
