using System.Text;
using LiquidControl.Service.Daemon;
using Xunit;

namespace LiquidControl.Service.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("status", CommandWord.Status)]
    [InlineData("  stop \r", CommandWord.Stop)]
    [InlineData("goal 1 2", CommandWord.Goal)]
    [InlineData("goals", CommandWord.Unknown)]
    [InlineData("STOP", CommandWord.Unknown)]
    [InlineData("", CommandWord.Unknown)]
    public void The_first_word_says_what_is_asked(string line, object word) => Assert.Equal(word, CommandLine.WordOf(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_goal_is_a_number_a_joint()
    {
        double[] goal = new double[3];
        Assert.True(CommandLine.TryReadGoal("goal 0.5\t-1e-3  2"u8, goal));
        Assert.Equal([0.5, -1e-3, 2.0], goal);
    }

    [Theory]
    [InlineData("goal 1 2")]
    [InlineData("goal 1 2 3 4")]
    [InlineData("goal 1 2 x")]
    [InlineData("goal 1 2 3x")]
    [InlineData("goal 1 2 NaN")]
    [InlineData("goal 1 2 Infinity")]
    [InlineData("goal 1 2 1e999")]
    [InlineData("goal")]
    public void Anything_else_is_none(string line) => Assert.False(CommandLine.TryReadGoal(Encoding.UTF8.GetBytes(line), new double[3]));
}
