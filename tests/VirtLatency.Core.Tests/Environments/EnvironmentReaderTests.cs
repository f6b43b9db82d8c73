using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Environments;

public sealed class EnvironmentReaderTests
{
    [Theory]
    [InlineData("smtx")]
    [InlineData("zbs")]
    public void Every_role_of_the_examples_is_found_from_content(string name)
    {
        var report = new RecordingReport();
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, name), report);

        Assert.Equal(
            ["SenderVm", "ReceiverVm", "SenderHost", "ReceiverHost", "ReceiverTunIrq", "SenderTunIrq", "SenderKvmTun"],
            environment.Logs.Select(log => log.Role));
        Assert.Equal("ReceiverKvmTun", environment.MissingRole);
        Assert.Empty(report.Warnings);
        Assert.Empty(report.FileProblems);
        Assert.Empty(report.LineProblems);
    }

    /// <summary>No host log, and a file name that does not tell: the worker's thread id is the PID of the tun log.</summary>
    [Fact]
    public void A_kvm_log_gets_its_role_from_the_worker_of_a_tun_log()
    {
        LatencyEnvironment after = TestEnvironments.Example("zbs-c6off");
        EnvironmentLog kvm = after.Logs.Single(log => log.Tool == "kvm_vhost_tun_latency_details");

        Assert.Equal("ReceiverKvmTun", kvm.Role);
        Assert.Contains("73868", kvm.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kvm_log_gets_its_role_from_the_device_of_a_single_host_log()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/oshost-send.log", "a.log");
        folder.CopyExample("smtx/oshost-kvm-tx.log", "b.log");

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path);

        Assert.Equal("SenderKvmTun", environment.Logs.Single(log => log.ToolValue == LogTool.KvmVhostTunLatency).Role);
    }

    [Theory]
    [InlineData("kvm-send.log", "SenderKvmTun")]
    [InlineData("kvm-request.log", "SenderKvmTun")]
    [InlineData("kvm-recv.log", "ReceiverKvmTun")]
    [InlineData("kvm-reply.log", "ReceiverKvmTun")]
    public void A_kvm_log_gets_its_role_from_its_name_last(string name, string role)
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/oshost-kvm-tx.log", name);

        Assert.Equal(role, TestEnvironments.Read(folder.Path).Logs.Single().Role);
    }

    [Fact]
    public void A_kvm_log_without_evidence_has_no_role_and_enters_no_segment()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/oshost-kvm-tx.log", "kvm.log");
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path, report);

        Assert.Null(environment.Logs.Single().Role);
        Assert.Contains("-SenderKvmTunLog or -ReceiverKvmTunLog", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.All(Breakdown.Of(environment), row => Assert.Null(row.MeanUs));
        SegmentLatency stage = Breakdown.Of(environment, BreakdownLevel.Stage).Single(row => row.Segment is null && row.Name == "S0");
        Assert.Equal(11.3125, stage.MeanUs);
    }

    [Fact]
    public void A_kvm_log_whose_evidence_conflicts_has_no_role()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/oshost-send.log", "a.log");
        folder.CopyExample("smtx/oshost-kvm-tx.log", "kvm-reply.log");
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path, report);

        Assert.Null(environment.Logs.Single(log => log.ToolValue == LogTool.KvmVhostTunLatency).Role);
        Assert.Contains("conflicts", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_log_wins_over_the_evidence()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/oshost-send.log", "a.log");
        string kvm = folder.CopyExample("smtx/oshost-kvm-tx.log", "kvm-reply.log");

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path, named: new Dictionary<LogRole, string> { [LogRole.ReceiverKvmTun] = kvm });

        EnvironmentLog log = environment.Logs.Single(log => log.ToolValue == LogTool.KvmVhostTunLatency);
        Assert.Equal("ReceiverKvmTun", log.Role);
        Assert.Equal("named by -ReceiverKvmTunLog", log.Reason);
    }

    [Fact]
    public void Two_files_for_one_role_name_the_parameter_to_use()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/sfsvm-send.log", "one.log");
        string two = folder.CopyExample("smtx/sfsvm-send.log", "two.log");

        EnvironmentException error = Assert.Throws<EnvironmentException>(() => TestEnvironments.Read(folder.Path));
        Assert.Equal(LogRole.SenderVm, error.Role);
        Assert.Contains("-SenderVmLog", error.Message, StringComparison.Ordinal);
        LatencyEnvironment chosen = TestEnvironments.Read(folder.Path, named: new Dictionary<LogRole, string> { [LogRole.SenderVm] = two });
        Assert.Equal(two, Assert.Single(chosen.Logs).File);
    }

    [Fact]
    public void A_log_of_the_other_end_is_refused_for_a_named_role()
    {
        using var folder = new TemporaryFolder();
        string requests = folder.CopyExample("smtx/oshost-vhost-recv-request.log", "requests.log");
        folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        var report = new RecordingReport();

        TestEnvironments.Read(folder.Path, report, named: new Dictionary<LogRole, string> { [LogRole.SenderTunIrq] = requests });

        Assert.Contains("16 samples are from the receiver's end", Assert.Single(report.FileProblems).Cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_file_among_ten_loses_nothing_else()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.ExampleData, "smtx"), "*.log"))
        {
            folder.CopyExample("smtx/" + Path.GetFileName(path), Path.GetFileName(path));
        }

        folder.Write("notes.txt", "to do\n");
        folder.Write("core.bin", "ELF\0\0\0");
        folder.Write("empty.log", string.Empty);
        folder.Write("header-only.log", "=== Kernel ICMP RTT Tracer ===\nTrace Direction: RX\n");
        var report = new RecordingReport();

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path, report);

        Assert.Equal(7, environment.Logs.Count);
        Assert.Equal(16, environment.Logs.Min(log => log.SampleCount));
        LogFileException problem = Assert.IsType<LogFileException>(Assert.Single(report.FileProblems).Cause);
        Assert.Equal(LogFileProblem.NoRecord, problem.Problem);
        Assert.Equal(3, report.VerboseMessages.Count(message => message.Contains("is left out", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_folder_without_logs_is_an_error_that_says_what_to_give()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", "nothing\n");

        EnvironmentException error = Assert.Throws<EnvironmentException>(() => TestEnvironments.Read(folder.Path));

        Assert.Null(error.Role);
        Assert.Contains("kernel_icmp_rtt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subfolders_are_runs_that_are_pooled()
    {
        using var folder = new TemporaryFolder();
        folder.CopyExample("smtx/sfsvm-send.log", "run1/vm.log");
        folder.CopyExample("zbs/sfsvm-send.log", "run2/vm.log");

        LatencyEnvironment environment = TestEnvironments.Read(folder.Path);
        SegmentLatency row = Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(2, environment.RunCount);
        Assert.Equal(32, row.SampleCount);
        Assert.Equal((226.7912 + 600.7195) / 2, row.MeanUs!.Value, 3);
        Assert.Equal("2 runs pooled", row.Run);
        Assert.Equal("run1/vm.log, run2/vm.log", row.Source);
    }

    [Fact]
    public void Every_line_of_every_example_is_accounted_for()
    {
        foreach (string name in new[] { "smtx", "zbs", "zbs-c6off" })
        {
            foreach (EnvironmentLog log in TestEnvironments.Example(name).Logs)
            {
                Assert.Equal(File.ReadAllLines(log.File!).Length, log.ParsedLineCount + log.NoiseLineCount);
                Assert.Equal(0, log.MalformedLineCount);
            }
        }
    }

    /// <summary>Beyond the bound, rows say that quantiles come from a choice; means do not change.</summary>
    [Fact]
    public void More_samples_than_are_kept_leave_means_alone_and_say_so()
    {
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "zbs"), maxSampleCount: 5);
        SegmentLatency row = Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip");

        Assert.Equal(600.7195, row.MeanUs!.Value, 4);
        Assert.Equal(16, row.SampleCount);
        Assert.Contains("quantiles from a sample of 5 of 16", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequence_one_can_be_left_out()
    {
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "smtx"), selection: new SampleSelection(IncludeFlagged: false, ExcludeFirst: true));
        SegmentLatency row = Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip");

        // (16 x 226.7911875 - 218.658) / 15
        Assert.Equal(15, row.SampleCount);
        Assert.Equal(1, row.ExcludedCount);
        Assert.Equal(((16 * 226.7911875) - 218.658) / 15, row.MeanUs!.Value, 3);
    }
}
