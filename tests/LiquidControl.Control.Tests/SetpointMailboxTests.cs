using Xunit;

namespace LiquidControl.Control.Tests;

public class SetpointMailboxTests
{
    [Fact]
    public void A_goal_is_taken_once_and_the_newest_wins()
    {
        var mailbox = new SetpointMailbox(2);
        long seen = 0;
        var goal = new double[2];
        Assert.False(mailbox.TryTake(ref seen, goal));
        mailbox.Post([1, 2]);
        mailbox.Post([3, 4]);
        Assert.True(mailbox.TryTake(ref seen, goal));
        Assert.Equal([3, 4], goal);
        Assert.False(mailbox.TryTake(ref seen, goal));
    }

    [Fact]
    public void Discarded_goals_are_not_taken_and_later_ones_are()
    {
        var mailbox = new SetpointMailbox(1);
        long seen = 0;
        mailbox.Post([1]);
        mailbox.Discard(ref seen);
        Assert.False(mailbox.TryTake(ref seen, new double[1]));
        mailbox.Post([2]);
        Assert.True(mailbox.TryTake(ref seen, new double[1]));
    }

    [Fact]
    public void A_reader_never_sees_half_a_goal()
    {
        var mailbox = new SetpointMailbox(8);
        const int posts = 200_000;
        var writer = new Thread(() =>
        {
            var goal = new double[8];
            for (int k = 1; k <= posts; k++)
            {
                Array.Fill(goal, k);
                mailbox.Post(goal);
            }
        });
        writer.Start();
        var taken = new double[8];
        long seen = 0;
        double last = 0;
        while (true)
        {
            bool writerDone = !writer.IsAlive;
            if (mailbox.TryTake(ref seen, taken))
            {
                Assert.All(taken, value => Assert.Equal(taken[0], value));
                Assert.True(taken[0] > last);
                last = taken[0];
            }
            else if (writerDone)
            {
                break;
            }
        }

        writer.Join();
        Assert.Equal(posts, last);
    }

    [Fact]
    public void A_goal_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SetpointMailbox(6).Post([1, 2]));
}
