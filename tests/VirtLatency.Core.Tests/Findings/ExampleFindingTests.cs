using VirtLatency.Findings;
using VirtLatency.Model;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Findings;

/// <summary>The example data of an investigation: its findings, and that no rule knows these files.</summary>
public sealed class ExampleFindingTests : IDisposable
{
    private static readonly string[] TunAndKvm = ["SenderTunIrq", "ReceiverTunIrq", "SenderKvmTun"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>26.916 less 31.813 less 24.813 is -29.709; 106.110 less 96.3125 less 98.1 is -88.303: worked out by hand in the breakdown's tests.</summary>
    [Fact]
    public void What_the_investigation_shows_and_what_it_does_not()
    {
        IReadOnlyList<LatencyFinding> findings = FindingRules.Of(new FindingInput(TestEnvironments.Example("zbs"), TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs-c6off")));

        string[] exceeding = [.. findings.Where(finding => finding.Rule == "PiecesExceedContainer").Select(finding => finding.Finding)];
        Assert.Equal(
            ["In smtx the measured B_1 + L exceed VirtSender, which must hold them, by 29.7 us", "In zbs the measured B_1 + L exceed VirtSender, which must hold them, by 88.3 us"],
            exceeding);
        Assert.Equal("Attribution Direct comes to over 100 %: 116.8 % in smtx, 113.8 % in zbs and 111.9 % of the difference", One("DirectOverTotal").Finding);
        Assert.Contains("n = 1 (receiver host log of tun_tx_to_kvm_irq) and n = 4 (receiver host log of kvm_vhost_tun_latency)", One("TooFewSamples").Finding, StringComparison.Ordinal);
        Assert.Contains("zbs-c6off has no end-to-end measurement", One("FixWithoutRoundTrip").Finding, StringComparison.Ordinal);
        Assert.Contains("worker 68120) before and at ReceiverKvmTun (device vnet9, queue 2, worker 73868) after", One("FixOnAnotherHost").Evidence, StringComparison.Ordinal);
        Assert.Contains("113.3 us more in zbs, and can hold the wake-up of an idle CPU", One("HostToHostIdleWakeup").Finding, StringComparison.Ordinal);
        Assert.Contains("E S1->S2 22.0 -> 98.4 us: +76.4 [", One("VhostWorkerWakeup").Evidence, StringComparison.Ordinal);
        Assert.Contains("4.19 against 5.10", One("VhostWorkerWakeup").Caveat, StringComparison.Ordinal);
        Assert.Contains("VmInternal 74.0 -> 74.7 us", One("VmStackNotGuilty").Evidence, StringComparison.Ordinal);
        Assert.Equal("Information", One("HostForwarding").Severity);
        Assert.Equal(2, findings.Count(finding => finding.Rule == "TooFewRuns"));
        Assert.All(findings.Where(finding => finding.Confidence.Contains("runs differ", StringComparison.Ordinal)), finding => Assert.Contains("Nothing is shown of the environments", finding.Confidence, StringComparison.Ordinal));

        LatencyFinding One(string rule) => Assert.Single(findings, finding => finding.Rule == rule);
    }

    [Fact]
    public void One_environment_against_itself_gives_nothing_important()
    {
        LatencyEnvironment smtx = TestEnvironments.Example("smtx");

        Assert.DoesNotContain(FindingRules.Of(new FindingInput(smtx, smtx)), finding => finding.Severity == "Important");
        Assert.DoesNotContain(FindingRules.Of(new FindingInput(smtx)), finding => finding.Severity == "Important");
    }

    /// <summary>The same logs under names that say nothing, in an environment of another name.</summary>
    [Fact]
    public void Names_of_files_and_environments_change_nothing_but_names()
    {
        IReadOnlyList<LatencyFinding> own = FindingRules.Of(new FindingInput(TestEnvironments.Example("zbs"), TestEnvironments.Example("smtx")));
        IReadOnlyList<LatencyFinding> renamed = FindingRules.Of(new FindingInput(Renamed("zbs", "qqq"), Renamed("smtx", "www")));

        Assert.Equal(own.Select(TextOf), renamed.Select(finding => TextOf(finding).Replace("qqq", "zbs", StringComparison.Ordinal).Replace("www", "smtx", StringComparison.Ordinal)));
    }

    /// <summary>A third of the pieces fit into their containers; the round trip and what else the VMs and hosts show stays.</summary>
    [Fact]
    public void Pieces_that_are_made_to_fit_are_not_found()
    {
        LatencyEnvironment smtx = Scaled(TestEnvironments.Example("smtx"), 1 / 3.0, TunAndKvm);
        LatencyEnvironment zbs = Scaled(TestEnvironments.Example("zbs"), 1 / 3.0, TunAndKvm);
        string[] rules = [.. FindingRules.Of(new FindingInput(zbs, smtx)).Select(finding => finding.Rule)];

        Assert.DoesNotContain("PiecesExceedContainer", rules);
        Assert.DoesNotContain("DirectOverTotal", rules);
        Assert.Contains("VhostWorkerWakeup", rules);
        Assert.Contains("HostToHostIdleWakeup", rules);
    }

    [Fact]
    public void Values_of_another_size_give_the_same_findings()
    {
        string[] all = Enum.GetNames<LogRole>();
        IReadOnlyList<LatencyFinding> own = FindingRules.Of(new FindingInput(TestEnvironments.Example("zbs"), TestEnvironments.Example("smtx")));
        IReadOnlyList<LatencyFinding> tenfold = FindingRules.Of(new FindingInput(Scaled(TestEnvironments.Example("zbs"), 10, all), Scaled(TestEnvironments.Example("smtx"), 10, all)));

        // What is no larger than a print step is ten times larger than one now.
        Assert.Equal(own.Select(finding => finding.Rule).Where(rule => rule != "CoarseGranularity"), tenfold.Select(finding => finding.Rule));
        Assert.Contains(tenfold, finding => finding.Finding.Contains("VirtSender, which must hold them, by 883.", StringComparison.Ordinal));
    }

    private static string TextOf(LatencyFinding finding) => string.Join('|', finding.Rule, finding.Severity, finding.Finding, finding.Evidence, finding.Confidence, finding.Caveat, finding.NextStep);

    private static LatencyEnvironment Scaled(LatencyEnvironment environment, double factor, IReadOnlyCollection<string> roles) =>
        new(environment.Name, environment.Path, [.. environment.Logs.Select(log => roles.Contains(log.Role) ? log.With(Scaled(log.Store, factor)) : log)]);

    private static SampleStore Scaled(SampleStore store, double factor)
    {
        var scaled = new SampleStore(store.Schema);
        foreach (SampleRecord record in store.Records.ToArray())
        {
            SampleFlow flow = store.Flows[record.Flow];
            long[] values = [.. Enumerable.Range(0, 4).Select(column => Scale(store.ValueOf(in record, column)))];
            scaled.Add(in flow, record.IcmpId, record.Sequence, SampleStore.NamedFlags(in record), !SampleStore.IsKeptOut(in record), values);
        }

        return scaled;

        long Scale(long value) => value == Latency.Missing ? value : (long)Math.Round(value * factor);
    }

    private LatencyEnvironment Renamed(string example, string name)
    {
        int number = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.ExampleData, example)).Order(StringComparer.Ordinal))
        {
            _folder.CopyExample(Path.Combine(example, Path.GetFileName(file)), FormattableString.Invariant($"{name}/{++number}.txt"));
        }

        return TestEnvironments.Read(Path.Combine(_folder.Path, name));
    }
}
