using System.Globalization;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Ids, sequences and times of samples; each case is a list of "id:sequence@milliseconds flag".</summary>
public sealed class SequenceTrackerTests
{
    [Theory]
    [InlineData("in order", "7:1@0 First, 7:2@1000 None, 7:3@2000 None")]
    [InlineData("begun late", "7:5@0 None, 7:6@1000 None")]
    [InlineData("loss", "7:1@0 First, 7:4@3000 None, 7:9@8000 None")]
    [InlineData("duplicate", "7:1@0 First, 7:2@1000 None, 7:2@1001 Duplicate, 7:3@2000 None")]
    [InlineData("duplicate of the first", "7:1@0 First, 7:1@1 Duplicate, 7:2@1000 None")]
    [InlineData("duplicate after the next", "7:1@0 First, 7:2@10 None, 7:1@11 Duplicate, 7:3@20 None")]
    [InlineData("overtaken", "7:1@0 First, 7:3@20 None, 7:2@21 Reordered, 7:4@30 None")]
    [InlineData("overtaken, then doubled", "7:1@0 First, 7:3@20 None, 7:2@21 Reordered, 7:2@22 Duplicate, 7:4@30 None")]
    [InlineData("wrap", "7:65534@0 None, 7:65535@1000 None, 7:0@2000 None, 7:1@3000 None")]
    [InlineData("flood that wraps within a second", "7:65535@0 None, 7:0@0 None, 7:1@0 None, 7:65534@1 Reordered, 7:2@2 None")]
    [InlineData("two pings at once", "7:1@0 First, 8:1@1 First, 7:2@1000 None, 8:2@1001 None")]
    [InlineData("the next ping has the same id", "7:1@0 First, 7:2@1000 None, 7:3@2000 None, 7:1@9000 First, 7:2@10000 None")]
    [InlineData("the next ping at once has its own sequence 1", "7:1@0 First, 7:2@1000 None, 7:3@2000 None, 7:1@2400 First, 7:2@3400 None")]
    [InlineData("the clock is set back", "7:1@90000 First, 7:2@91000 None, 7:3@5000 None, 7:4@6000 None")]
    [InlineData("one damaged number ahead", "7:1@0 First, 7:2@10 None, 7:90@20 None, 7:4@30 Reordered, 7:5@40 None, 7:6@50 None")]
    public void Marks(string name, string samples)
    {
        var tracker = new SequenceTracker();
        var start = new DateTime(2026, 1, 9, 10, 0, 0);
        string[] marked = samples.Split(", ").Select(sample =>
        {
            int[] parts = [.. sample.Split(' ')[0].Split(':', '@').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            SampleFlags flags = tracker.FlagsOf(1, parts[0], parts[1], start.AddMilliseconds(parts[2]));
            return $"{sample.Split(' ')[0]} {flags}";
        }).ToArray();

        Assert.True(samples == string.Join(", ", marked), $"{name}: {string.Join(", ", marked)}");
    }

    [Fact]
    public void Runs_DoNotKnowEachOther()
    {
        var tracker = new SequenceTracker();
        Assert.Equal(SampleFlags.First, tracker.FlagsOf(1, 7, 1, default));
        Assert.Equal(SampleFlags.First, tracker.FlagsOf(2, 7, 1, default));
    }
}
