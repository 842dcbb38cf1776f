using System.Runtime.CompilerServices;
using Xunit;

namespace LiquidControl.Realtime.Tests;

public unsafe class MailboxTests
{
    [Fact]
    public void A_value_is_taken_once_and_the_newest_wins()
    {
        using var memory = new NativeBuffer<byte>(Mailbox<long>.Bytes);
        var mailbox = Over<long>(memory);
        long seen = 0;
        Assert.False(mailbox.TryTake(ref seen, out _));
        mailbox.Post(1);
        mailbox.Post(2);
        Assert.True(mailbox.TryTake(ref seen, out long value));
        Assert.Equal(2, value);
        Assert.False(mailbox.TryTake(ref seen, out _));
    }

    [Fact]
    public void Two_threads_never_see_half_a_value()
    {
        const int Posts = 200_000;
        using var memory = new NativeBuffer<byte>(Mailbox<Words>.Bytes);
        var mailbox = Over<Words>(memory);
        var writer = new Thread(() =>
        {
            for (int k = 1; k <= Posts; k++)
            {
                Words words = default;
                ((Span<long>)words).Fill(k);
                mailbox.Post(words);
            }
        });
        writer.Start();
        long seen = 0, last = 0;
        while (true)
        {
            bool ended = !writer.IsAlive;
            if (mailbox.TryTake(ref seen, out Words taken))
            {
                Assert.Equal(-1, ((Span<long>)taken).IndexOfAnyExcept(taken[0]));
                Assert.True(taken[0] > last);
                last = taken[0];
            }
            else if (ended)
            {
                break;
            }
        }

        Assert.Equal(Posts, last);
    }

    [Fact]
    public void A_value_left_half_written_by_a_killed_writer_is_not_taken_and_the_next_one_is()
    {
        using var memory = new NativeBuffer<byte>(Mailbox<long>.Bytes);
        var mailbox = Over<long>(memory);
        mailbox.Post(1);
        long seen = 0;
        Assert.True(mailbox.TryTake(ref seen, out _));
        memory.Span[0]++;
        Assert.False(mailbox.TryTake(ref seen, out _));
        mailbox.Post(3);
        Assert.True(mailbox.TryTake(ref seen, out long value));
        Assert.Equal(3, value);
    }

    private static Mailbox<T> Over<T>(NativeBuffer<byte> memory)
        where T : unmanaged
    {
        fixed (byte* start = memory.Span)
            return new(start);
    }

    [InlineArray(32)]
    private struct Words
    {
        private long _first;
    }
}
