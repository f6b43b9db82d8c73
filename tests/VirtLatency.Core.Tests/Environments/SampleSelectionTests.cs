using VirtLatency.Model;

namespace VirtLatency.Tests.Environments;

/// <summary>Which flags keep a sample out of means: those that put its value, or its being one more sample, in doubt.</summary>
public sealed class SampleSelectionTests
{
    [Theory]
    [InlineData(SampleFlags.None, true)]
    [InlineData(SampleFlags.First, true)]
    [InlineData(SampleFlags.Reordered, true)]
    [InlineData(SampleFlags.First | SampleFlags.Reordered, true)]
    [InlineData(SampleFlags.Negative, false)]
    [InlineData(SampleFlags.Wrapped, false)]
    [InlineData(SampleFlags.StaleKick, false)]
    [InlineData(SampleFlags.LateInterrupt, false)]
    [InlineData(SampleFlags.DeferredInterrupt, false)]
    [InlineData(SampleFlags.StaleFlow, false)]
    [InlineData(SampleFlags.Duplicate, false)]
    [InlineData(SampleFlags.Duplicate | SampleFlags.Reordered, false)]
    [InlineData(SampleFlags.Inconsistent, false)]
    public void What_is_late_counts_and_what_is_doubtful_does_not(SampleFlags flags, bool counts)
    {
        Assert.Equal(counts, default(SampleSelection).Counts(flags));
        Assert.Equal(!counts, SampleSelection.KeepsOut(flags));
        Assert.True(new SampleSelection(IncludeFlagged: true, ExcludeFirst: false).Counts(flags));
    }

    [Fact]
    public void The_first_packet_is_left_out_when_it_is_asked_for_late_or_not()
    {
        var selection = new SampleSelection(IncludeFlagged: true, ExcludeFirst: true);

        Assert.False(selection.Counts(SampleFlags.First | SampleFlags.Reordered));
        Assert.True(selection.Counts(SampleFlags.Reordered));
    }
}
