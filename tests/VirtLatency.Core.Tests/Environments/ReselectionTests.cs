using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Environments;

/// <summary>Decisions made anew on an exported file equal those of reading its logs again.</summary>
public sealed class ReselectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingReport _report = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("smtx", false, true, null)]
    [InlineData("zbs", true, true, null)]
    [InlineData("zbs", false, false, 5)]
    [InlineData("zbs-c6off", false, true, 2)]
    public void Equal_those_of_reading_the_logs_again(string name, bool includeFlagged, bool excludeFirst, int? maxSampleCount)
    {
        string logs = Path.Combine(RepositoryFolder.ExampleData, name);
        var selection = new SampleSelection(includeFlagged, excludeFirst);
        LatencyEnvironment read = TestEnvironments.Read(logs, maxSampleCount: maxSampleCount ?? SampleStore.DefaultMaxSampleCount, selection: selection);

        LatencyEnvironment decided = Reselection.Apply(Exported(TestEnvironments.Read(logs)), selection, maxSampleCount, _report);

        Assert.Equal(EnvironmentRows.Of(read), EnvironmentRows.Of(decided));
        Assert.Empty(_report.Warnings);
    }

    [Fact]
    public void Can_be_taken_back()
    {
        string logs = Path.Combine(RepositoryFolder.ExampleData, "smtx");
        LatencyEnvironment without = Exported(TestEnvironments.Read(logs, selection: new SampleSelection(false, ExcludeFirst: true)));

        LatencyEnvironment with = Reselection.Apply(without, default(SampleSelection), null, _report);

        Assert.Equal(EnvironmentRows.Of(TestEnvironments.Read(logs)), EnvironmentRows.Of(with));
    }

    /// <summary>-MaxSampleCount alone leaves the first decision: 15 of 16 samples, as sequence 1 was left out.</summary>
    [Fact]
    public void A_smaller_bound_alone_keeps_who_takes_part()
    {
        LatencyEnvironment without = Exported(TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "smtx"), selection: new SampleSelection(false, ExcludeFirst: true)));

        EnvironmentLog vm = Reselection.Apply(without, null, 4, _report).Logs[0];

        Assert.Equal(15, vm.Store.MomentsOf(SampleColumn.TotalRtt, completeOnly: false).Count);
        Assert.Equal(4, vm.Store.Records.Length);
    }

    [Fact]
    public void A_choice_of_the_samples_is_left_as_it_is_with_a_warning()
    {
        LatencyEnvironment few = Exported(TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "smtx"), maxSampleCount: 5));

        LatencyEnvironment same = Reselection.Apply(few, new SampleSelection(false, ExcludeFirst: true), null, _report);

        Assert.Equal(EnvironmentRows.Of(few), EnvironmentRows.Of(same));
        Assert.Equal(few.Logs.Count, _report.Warnings.Count);
        Assert.Contains("5 of 16 samples", _report.Warnings[0], StringComparison.Ordinal);
    }

    private LatencyEnvironment Exported(LatencyEnvironment environment)
    {
        string path = Path.Combine(_folder.Path, "base.vlenv");
        EnvironmentFile.Write(path, [environment], overwrite: true);
        return EnvironmentFile.Read(path, new LogReadOptions())[0];
    }
}
