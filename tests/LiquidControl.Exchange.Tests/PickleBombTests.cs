using System.Diagnostics;
using LiquidControl.Neural;
using Xunit;
using static LiquidControl.Exchange.PickleOpcode;

namespace LiquidControl.Exchange.Tests;

/// <summary>Small programs that ask for much: what they cost is bounded.</summary>
public class PickleBombTests
{
    private const long MostBytes = 200_000_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    [Fact]
    public void Tuples_that_double_ten_thousand_times_cost_ten_thousand_tuples()
    {
        byte[] program = New().Op(EMPTY_TUPLE).Repeat(10_000, writer => writer.Op(BINPUT, 0).Op(BINGET, 0).Op(TUPLE2)).Stop();
        Assert.IsType<PickleTuple>(Bounded(program));
    }

    [Fact]
    public void A_memo_chain_of_dictionaries_that_hold_each_other_tenfold_is_passed_over()
    {
        PickleWriter writer = New().Op(EMPTY_DICT).Op(BINPUT, 0);
        for (int level = 0; level < 1000; level++)
        {
            writer.Op(EMPTY_DICT).Op(MARK);
            for (int i = 0; i < 10; i++) writer.Whole(i).Op(BINGET, 0);
            writer.Op(SETITEMS).Op(BINPUT, 0).Op(TUPLE2);
        }

        Assert.IsType<PickleTuple>(Bounded(writer.Stop()));
    }

    [Fact]
    public void A_nesting_of_a_million_levels_is_not_followed()
    {
        byte[] program = New().Op(EMPTY_TUPLE).Repeat(1_000_000, writer => writer.Op(TUPLE1)).Stop();
        Assert.IsType<PickleTuple>(Bounded(program));
        Assert.Contains("a value that is no dict", Refusal(() => Archive.Parse(Archive.Of(program))));
    }

    [Fact]
    public void Values_that_hold_themselves_end()
    {
        byte[] dictionary = New().OrderedDict().Op(BINPUT, 0).Text("state_dict").Op(BINGET, 0).Op(SETITEM).Op(BINGET, 0).Op(BUILD).Stop();
        Assert.IsType<PickleDictionary>(Bounded(dictionary));
        byte[] inner = New().OrderedDict().Op(BINPUT, 0).Text("state_dict").Op(BINGET, 0).Op(SETITEM).Stop();
        Assert.Contains("key 'state_dict': found a value that is no tensor", Refusal(() => Archive.Parse(Archive.Of(inner))));
        byte[] list = New().Op(EMPTY_LIST).Op(BINPUT, 0).Op(BINGET, 0).Op(APPEND).Stop();
        Assert.IsType<PickleList>(Bounded(list));
    }

    [Fact]
    public void A_stack_of_too_many_values_or_marks_is_refused()
    {
        Assert.Contains("a stack of more than 65536", Refusal(() => Bounded(New().Repeat(100_000, writer => writer.Op(NONE)).Stop())));
        Assert.Contains("a stack of more than 65536", Refusal(() => Bounded(New().Repeat(100_000, writer => writer.Op(MARK)).Stop())));
    }

    [Fact]
    public void A_program_of_too_many_opcodes_is_refused_whatever_they_make()
    {
        byte[] lists = New().Op(EMPTY_LIST)
            .Repeat(60, writer => writer.Op(MARK).Repeat(60_000, inner => inner.Op(EMPTY_DICT)).Op(APPENDS)).Stop();
        Assert.Contains("more than 1048576 opcodes", Refusal(() => Bounded(lists)));
        byte[] memo = New().Op(EMPTY_DICT).Repeat(600_000, writer => writer.Op(MEMOIZE).Op(MEMOIZE)).Stop();
        Assert.Contains("more than 1048576 opcodes", Refusal(() => Bounded(memo)));
    }

    [Fact]
    public void A_string_beyond_the_limit_is_refused_though_it_is_there()
    {
        Assert.IsType<string>(Bounded(New().Text(new string('a', PickleProgram.LongestString)).Stop()));
        byte[] program = New().Text(new string('a', PickleProgram.LongestString + 1)).Stop();
        Assert.Contains("a string of 1048577 bytes", Refusal(() => Bounded(program)));
    }

    [Fact]
    public void A_program_beyond_the_limit_is_refused_unread()
    {
        byte[] file = Archive.Of(new byte[PickleProgram.Longest + 1]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("data.pkl: found 4194305 bytes", Refusal(() => Archive.Parse(file)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void Tensors_beyond_the_limits_in_number_or_in_all_are_refused_before_they_are_laid_out()
    {
        PickleWriter many = New();
        for (int i = 0; i < 5000; i++) many.Tensor("FloatStorage", "0", 1, 0, [1], [1]);
        Assert.Contains("more than 4096 tensors", Refusal(() => Bounded(many.Stop())));

        PickleWriter large = New();
        for (int i = 0; i < 5; i++) large.Tensor("FloatStorage", "0", 1 << 24, 0, [1 << 24], [1]);
        Assert.Contains("tensors of more than 268435456 bytes", Refusal(() => Bounded(large.Stop())));
    }

    [Fact]
    public void Views_that_show_a_number_again_and_again_are_refused_before_they_are_laid_out()
    {
        byte[] one = PickleWriter.OneTensor("FloatStorage", 6, 0, [5, 5], [1, 0]);
        Assert.Contains("views that make 25 numbers of the 6 in storage 0", Refusal(() => Bounded(one)));
        PickleWriter many = New();
        for (int i = 0; i < 5; i++) many.Tensor("FloatStorage", "0", 6, 0, [2, 3], [1, 2]);
        Assert.Contains("views that make 30 numbers of the 6 in storage 0", Refusal(() => Bounded(many.Stop())));
    }

    private static PickleWriter New() => new();

    private static object? Bounded(byte[] program)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            return PickleMachine.Run(program, "file");
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, MostTime);
        }
    }

    private static string Refusal(Action parse) => Assert.Throws<ModelFormatException>(parse).Message;
}
