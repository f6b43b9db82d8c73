using System.Management.Automation;

namespace VirtLatency.Tests;

public sealed class ImporterTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_vm_log_gives_its_first_record_in_us()
    {
        EngineResult result = _engine.Run("Import-IcmpRttLog ./examples/data/smtx/sfsvm-send.log");

        PSObject first = result.Output[0];
        Assert.Equal(16, result.Output.Count);
        Assert.Equal("smtx", EngineResult.Value<string>(first, "Environment"));
        Assert.Equal("Tx", EngineResult.Value<string>(first, "Direction"));
        Assert.Equal(20.839, EngineResult.Value<double?>(first, "Path1Us"));
        Assert.Equal(183.666, EngineResult.Value<double?>(first, "InterPathUs"));
        Assert.Equal(14.153, EngineResult.Value<double?>(first, "Path2Us"));
        Assert.Equal(218.658, EngineResult.Value<double?>(first, "TotalRttUs"));
        Assert.Equal(new DateTime(2026, 1, 9, 10, 21, 3, 119), EngineResult.Value<DateTime?>(first, "Timestamp"));
        Assert.Equal(21973, EngineResult.Value<int>(first, "IcmpId"));
        Assert.Equal("First", EngineResult.Value<string>(first, "Flag"));
        Assert.Equal(true, EngineResult.Value<bool?>(first, "Path2Idle"));
        Assert.Equal(1, EngineResult.Value<int?>(first, "Path2Cpu"));
    }

    [Fact]
    public void Paths_take_wildcards_pipelines_files_and_literal_names()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "a[1].log");
        _engine.Set("folder", _folder.Path);
        _engine.Set("file", new FileInfo(Path.Combine(_folder.Path, "a[1].log")));

        Assert.Equal(32, _engine.Run("Import-IcmpRttLog ./examples/data/smtx/sfsvm-*.log").Output.Count);
        Assert.Equal(32, _engine.Run("'./examples/data/smtx/sfsvm-send.log', './examples/data/zbs/sfsvm-send.log' | Import-IcmpRttLog").Output.Count);
        Assert.Equal(16, _engine.Run("Import-IcmpRttLog -LiteralPath \"$folder/a[1].log\"").Output.Count);
        Assert.Equal(16, _engine.Run("[pscustomobject]@{ PSPath = $file.FullName } | Import-IcmpRttLog").Output.Count);
        Assert.Equal("PathNotFound", IdOf(_engine.Run("Import-IcmpRttLog \"$folder/a[1].log\"")));
    }

    [Theory]
    [InlineData("Import-IcmpRttLog ./no-such.log", "PathNotFound", ErrorCategory.ObjectNotFound, "./no-such.log")]
    [InlineData("Import-IcmpRttLog ./no-such-*.log", "PathNotFound", ErrorCategory.ObjectNotFound, "./no-such-*.log")]
    [InlineData("Import-IcmpRttLog '[z-a]*'", "PathNotFound", ErrorCategory.ObjectNotFound, "[z-a]*")]
    [InlineData("Import-IcmpRttLog -LiteralPath ./no-such.log", "PathNotFound", ErrorCategory.ObjectNotFound, "./no-such.log")]
    [InlineData("Import-IcmpRttLog variable:PID", "PathNotFileSystem", ErrorCategory.InvalidArgument, "variable:PID")]
    [InlineData("Import-LatencyEnvironment ./LICENSE", "PathNotDirectory", ErrorCategory.InvalidArgument, null)]
    [InlineData("Import-IcmpRttLog ./examples", "PathIsDirectory", ErrorCategory.InvalidArgument, null)]
    [InlineData("Import-IcmpRttLog ./examples/data/smtx/oshost-send.log", "LogWrongTool", ErrorCategory.InvalidData, null)]
    [InlineData("Import-TunIrqLog ./LICENSE", "LogWrongTool", ErrorCategory.InvalidData, null)]
    [InlineData("Import-PingLog ./examples/data/smtx/sfsvm-send.log", "LogWrongTool", ErrorCategory.InvalidData, null)]
    [InlineData("Import-PingLog $quiet", "LogWithoutRecord", ErrorCategory.InvalidData, null)]
    [InlineData("Import-LatencyEnvironment -SenderPingLog $quiet", "LogWithoutRecord", ErrorCategory.InvalidData, null)]
    [InlineData("Import-IcmpRttLog $empty", "LogEmpty", ErrorCategory.InvalidData, null)]
    [InlineData("Import-IcmpRttLog $binary", "LogBinary", ErrorCategory.InvalidData, null)]
    [InlineData("Import-IcmpRttLog $header", "LogWithoutRecord", ErrorCategory.InvalidData, null)]
    [InlineData("Import-LatencyEnvironment $headers", "LogWithoutRecord", ErrorCategory.InvalidData, null)]
    [InlineData("Import-IcmpRttLog $damaged", "LogCompressionDamaged", ErrorCategory.InvalidData, null)]
    public void Bad_input_has_an_id_a_category_and_a_target(string script, string id, ErrorCategory category, string? target)
    {
        _engine.Set("quiet", _folder.Write("quiet.txt", "PING ::1(::1) 56 data bytes\n\n--- ::1 ping statistics ---\n9 packets transmitted, 9 received, 0% packet loss, time 8ms\n"));
        _engine.Set("empty", _folder.Write("empty.log", string.Empty));
        _engine.Set("binary", _folder.Write("binary.log", "\u007fELF\0\0"));
        string header = _folder.Write("headers/header.log", "=== Kernel ICMP RTT Tracer ===\n");
        _engine.Set("header", header);
        _engine.Set("headers", Path.GetDirectoryName(header));
        string damaged = Path.Combine(_folder.Path, "damaged.log");
        File.WriteAllBytes(damaged, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff]);
        _engine.Set("damaged", damaged);

        EngineResult result = _engine.Run(script);
        ErrorRecord error = result.Errors[0];

        Assert.Null(result.Terminating);
        Assert.Equal(id, IdOf(result));
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotNull(error.TargetObject);
        if (target is not null)
        {
            Assert.Equal(target, error.TargetObject);
        }
    }

    /// <summary>A write-only attribute of the kernel cannot be read even by root.</summary>
    [Fact]
    public void A_file_without_permission_names_the_remedy()
    {
        string path = WriteOnlyFile();

        EngineResult result = _engine.Run($"Import-IcmpRttLog -LiteralPath '{path}'");

        Assert.Equal("PathAccessDenied", IdOf(result));
        Assert.Equal(ErrorCategory.PermissionDenied, result.Errors[0].CategoryInfo.Category);
        Assert.Contains("sudo", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tools_log_is_named_with_its_importer()
    {
        EngineResult result = _engine.Run("Import-IcmpRttLog ./examples/data/smtx/oshost-send.log");

        Assert.Contains("icmp_drop_detector", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Import-IcmpPathLog", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    /// <summary>One line of the first record is damaged: that record is lost, with file and line, the other 15 are not.</summary>
    [Fact]
    public void Damage_costs_its_own_record_only()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log"));
        int line = text[..text.IndexOf("Total RTT", StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        string path = _folder.Write("x.log", text.Replace(": 218.658 us", ": 218..658 us", StringComparison.Ordinal));

        EngineResult result = _engine.Run($"Import-IcmpRttLog '{path}'");

        Assert.Equal(15, result.Output.Count);
        Assert.Equal(2, EngineResult.Value<int>(result.Output[0], "Sequence"));
        Assert.Equal("LogLineMalformed", IdOf(result));
        Assert.Equal($"{path}:{line}", result.Errors[0].TargetObject);
        Assert.Contains("1 lines that are damaged", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_file_among_three_loses_nothing_else()
    {
        EngineResult result = _engine.Run("Import-IcmpRttLog ./examples/data/smtx/sfsvm-send.log, ./examples/data/smtx/oshost-send.log, ./examples/data/zbs/sfsvm-send.log");

        Assert.Equal(32, result.Output.Count);
        Assert.Equal("LogWrongTool", IdOf(result));
    }

    [Fact]
    public void Verbose_accounts_for_every_line()
    {
        EngineResult result = _engine.Run("Import-TunIrqLog ./examples/data/smtx/oshost-vhost-recv-request.log -Verbose");
        int lines = File.ReadAllLines(Path.Combine(RepositoryFolder.ExampleData, "smtx/oshost-vhost-recv-request.log")).Length;

        Assert.Contains($": {lines} lines = 82 parsed + {lines - 82} known noise + 0 malformed; 16 samples", Assert.Single(result.Verbose), StringComparison.Ordinal);
    }

    /// <summary>Nine samples: eight packets, of which 3 is lost and 5 is answered twice.</summary>
    [Fact]
    public void A_ping_log_gives_answers_and_losses()
    {
        EngineResult result = _engine.Run("Import-PingLog ./examples/logs/vm-ping.log");

        PSObject lost = result.Output[8];
        Assert.Equal([1, 2, 4, 5, 5, 6, 7, 8, 3], result.Values("Sequence"));
        Assert.Equal([912.0, 641.0, 633.0, 655.0, 853.0, 1560.0, 688.0, 647.0, null], result.Values("RttUs"));
        Assert.Equal([false, false, false, false, true, false, false, false, false], result.Values("Duplicate"));
        Assert.Equal((true, "NoAnswerYet", 4L), (EngineResult.Value<bool>(lost, "Lost"), EngineResult.Value<string>(lost, "LossEvidence"), EngineResult.Value<long>(lost, "Line")));
        Assert.Equal(new DateTime(2026, 1, 9, 2, 21, 3, DateTimeKind.Utc).AddTicks(1_190_040), EngineResult.Value<DateTime?>(result.Output[0], "Timestamp"));
        Assert.Empty(result.Warnings);
    }

    /// <summary>Printed 16, 8, 10 from stage 2, 1 ms/1000: S3 to S4 is 2, S1 to S5 27, the naive sum 35.</summary>
    [Fact]
    public void A_chain_counts_stage_four_from_stage_two()
    {
        PSObject chain = Assert.Single(_engine.Run("Import-TunIrqLog ./examples/data/zbs-c6off/*recv-request.log").Output);

        Assert.Equal(16, EngineResult.Value<double?>(chain, "S1ToS2Us"));
        Assert.Equal(2, EngineResult.Value<double?>(chain, "S3ToS4Us"));
        Assert.Equal(27, EngineResult.Value<double?>(chain, "TotalUs"));
        Assert.Equal(35, EngineResult.Value<double?>(chain, "PrintedSumUs"));
        Assert.Equal("Receiver", EngineResult.Value<string>(chain, "HostRole"));
        Assert.Equal(73868, EngineResult.Value<int?>(chain, "WorkerTid"));
        Assert.Equal(36, EngineResult.Value<int?>(chain, "IrqCpu"));
        Assert.Equal(true, EngineResult.Value<bool?>(chain, "IrqCpuIdle"));
    }

    [Fact]
    public void Chains_can_be_filtered_by_type_and_device()
    {
        Assert.Equal(16, _engine.Run("Import-TunIrqLog ./examples/data/zbs/*request.log -IcmpType 8 -Device vnet*").Output.Count);
        Assert.Empty(_engine.Run("Import-TunIrqLog ./examples/data/zbs/*request.log -IcmpType 0").Output);
        Assert.Empty(_engine.Run("Import-TunIrqLog ./examples/data/zbs/*request.log -Device tap*").Output);
    }

    [Fact]
    public void Kvm_averages_are_the_tools_own()
    {
        EngineResult result = _engine.Run("Import-KvmTunLog ./examples/data/zbs-c6off/*kvm*.log -Summary");

        Assert.Equal(["S0", "S1", "S2", "Total"], result.Values("Name"));
        Assert.Equal([14.75, 3.5, 3.25, 21.5], result.Values("MeanUs"));
        Assert.Equal([4L, 4L, 4L, 4L], result.Values("SampleCount"));
    }

    [Fact]
    public void Path_samples_know_their_host_by_interfaces_or_by_parameter()
    {
        Assert.Equal("Sender", EngineResult.Value<string>(_engine.Run("Import-IcmpPathLog ./examples/data/smtx/oshost-send.log").Output[0], "HostRole"));
        Assert.Equal("Receiver", EngineResult.Value<string>(_engine.Run("Import-IcmpPathLog ./examples/data/smtx/oshost-send.log -HostRole Receiver").Output[0], "HostRole"));
        string path = _folder.Write("x.log", File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx/oshost-send.log")).Replace("vnet5", "eth9", StringComparison.Ordinal));
        EngineResult unknown = _engine.Run($"Import-IcmpPathLog '{path}'");
        Assert.Null(EngineResult.Value<string>(unknown.Output[0], "HostRole"));
        Assert.Contains("-HostRole", Assert.Single(unknown.Warnings), StringComparison.Ordinal);
    }

    private static string IdOf(EngineResult result) => result.Errors[0].FullyQualifiedErrorId.Split(',')[0];

    private static string WriteOnlyFile()
    {
        const UnixFileMode AnyRead = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true };
        return Directory.EnumerateFiles("/sys/bus", "*", options).First(path => (File.GetUnixFileMode(path) & AnyRead) == UnixFileMode.None);
    }
}
