using System.IO.Compression;
using System.Reflection;
using System.Runtime.Versioning;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Environments;

public sealed class EnvironmentFileTests : IDisposable
{
    private static readonly SampleFlow Flow = new(1, 0x0a008291, 0x0a00828f, null, -1);

    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "base.vlenv");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("smtx")]
    [InlineData("zbs")]
    [InlineData("zbs-c6off")]
    public void Every_row_of_every_level_comes_back(string name)
    {
        LatencyEnvironment environment = TestEnvironments.Example(name);

        LatencyEnvironment back = Assert.Single(RoundTrip(environment));

        Assert.True(EnvironmentRows.Of(environment).Count > 50);
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));
    }

    [Fact]
    public void A_reservoir_comes_back_with_its_choice()
    {
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "zbs"), maxSampleCount: 5);

        LatencyEnvironment back = Assert.Single(RoundTrip(environment));

        Assert.All(back.Logs, log => Assert.True(log.Store.IsReservoir));
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));
    }

    [Fact]
    public void Samples_left_out_stay_left_out()
    {
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(RepositoryFolder.ExampleData, "smtx"), selection: new SampleSelection(IncludeFlagged: false, ExcludeFirst: true));

        LatencyEnvironment back = Assert.Single(RoundTrip(environment));

        Assert.Equal(1, back.Logs[0].ExcludedCount);
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));
    }

    /// <summary>3 s in ns do not fit 31 bits: the mean keeps them, (3,000,000 + 1) / 2 us.</summary>
    [Fact]
    public void A_clamped_store_comes_back_with_its_exact_mean()
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.KernelIcmpRtt));
        store.Add(in Flow, 7, 1, SampleFlags.None, counted: true, [3_000_000_000, 1, 1, 1]);
        store.Add(in Flow, 7, 2, SampleFlags.None, counted: true, [1000, 1, 1, 1]);

        LatencyEnvironment environment = Environment(store);
        LatencyEnvironment back = Assert.Single(RoundTrip(environment));

        Assert.True(back.Logs[0].Store.IsClamped);
        Assert.Equal(1_500_000.5, back.Logs[0].Store.MomentsOf(SampleColumn.Path1, completeOnly: false).MeanUs);
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));
    }

    [Fact]
    public void Runs_and_several_environments_come_back_in_order()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "logs/run1/vm.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "logs/run2/vm.log");
        LatencyEnvironment runs = TestEnvironments.Read(Path.Combine(_folder.Path, "logs"));
        LatencyEnvironment zbs = TestEnvironments.Example("zbs");

        IReadOnlyList<LatencyEnvironment> back = RoundTrip(runs, zbs);

        Assert.Equal(["logs", "zbs"], back.Select(environment => environment.Name));
        Assert.Equal(["logs", "zbs"], EnvironmentFile.NamesIn(Target, new LogReadOptions()));
        Assert.Equal(2, back[0].RunCount);
        Assert.Equal(EnvironmentRows.Of(runs), EnvironmentRows.Of(back[0]));
        Assert.Equal(EnvironmentRows.Of(zbs), EnvironmentRows.Of(back[1]));
    }

    /// <summary>A property that is added to logs later is to be kept too: none may have its default here.</summary>
    [Fact]
    public void Every_property_of_a_log_and_an_environment_comes_back()
    {
        var log = new EnvironmentLog
        {
            Role = "SenderHost",
            RoleValue = LogRole.SenderHost,
            Tool = "icmp_path_tracer",
            ToolValue = LogTool.IcmpDropDetector,
            Version = "9e56f36",
            Confidence = "High",
            ProbeBoundary = "dev_queue_xmit",
            Run = "monday",
            Cycle = 4,
            File = "/logs/a.log",
            Reason = "typed",
            ParsedLineCount = 1,
            NoiseLineCount = 2,
            MalformedLineCount = 3,
            IsThresholdBiased = true,
            Caveat = "the tool lost 4 samples",
            Store = new SampleStore(SampleSchema.Of(LogTool.IcmpDropDetector), 1),
        };
        var environment = new LatencyEnvironment("all", "/logs", [log]) { Note = "typed" };
        PropertyInfo[] settable = [.. typeof(EnvironmentLog).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(property => property.CanWrite)];

        Assert.All(settable, property => Assert.True(IsSet(property.GetValue(log)), $"set {property.Name} in this test"));
        LatencyEnvironment back = Assert.Single(RoundTrip(environment));
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(back));

        static bool IsSet(object? value) => value is not (null or false or LogTool.Unknown);
    }

    [Fact]
    public void The_same_environment_gives_the_same_bytes()
    {
        EnvironmentFile.Write(Target, [TestEnvironments.Example("zbs")], overwrite: false);
        string again = Path.Combine(_folder.Path, "again.vlenv");
        EnvironmentFile.Write(again, [TestEnvironments.Example("zbs")], overwrite: false);

        Assert.Equal(File.ReadAllBytes(Target), File.ReadAllBytes(again));
        EnvironmentFile.Write(again, EnvironmentFile.Read(Target, new LogReadOptions()), overwrite: true);
        Assert.Equal(File.ReadAllBytes(Target), File.ReadAllBytes(again));
    }

    /// <summary>Flow 0, id 0x1234, sequence 5, First and kept out (0x8001), 20,839 ns = 0x5167, missing = int.MinValue, -1, 2.</summary>
    [Fact]
    public void A_record_is_24_bytes_with_the_least_significant_first()
    {
        var store = new SampleStore(SampleSchema.Of(LogTool.KernelIcmpRtt));
        store.Add(in Flow, 0x1234, 5, SampleFlags.First, counted: false, [20_839, Latency.Missing, -1, 2]);
        RoundTrip(Environment(store));

        using ZipArchive archive = ZipFile.OpenRead(Target);
        using Stream entry = archive.GetEntry("samples/1.bin")!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        Assert.Equal(
            "0000" + "3412" + "0500" + "0180" + "67510000" + "00000080" + "ffffffff" + "02000000",
            Convert.ToHexStringLower(bytes.ToArray()));
    }

    /// <summary>Packed again by another program, the entries are compressed and their dates differ.</summary>
    [Fact]
    public void A_file_that_was_packed_again_is_read()
    {
        LatencyEnvironment environment = TestEnvironments.Example("zbs");
        RoundTrip(environment);
        string packed = FileEdit.Repack(Target, CompressionLevel.SmallestSize);

        Assert.True(new FileInfo(packed).Length < new FileInfo(Target).Length / 2);
        Assert.Equal(EnvironmentRows.Of(environment), EnvironmentRows.Of(EnvironmentFile.Read(packed, new LogReadOptions())[0]));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_asked()
    {
        File.WriteAllText(Target, "mine");

        Assert.Throws<IOException>(() => EnvironmentFile.Write(Target, [TestEnvironments.Example("zbs-c6off")], overwrite: false));
        Assert.Equal("mine", File.ReadAllText(Target));
        EnvironmentFile.Write(Target, [TestEnvironments.Example("zbs-c6off")], overwrite: true);
        Assert.Equal("zbs-c6off", Assert.Single(EnvironmentFile.Read(Target, new LogReadOptions())).Name);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_replaced_file_keeps_its_mode()
    {
        File.WriteAllText(Target, "mine");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        EnvironmentFile.Write(Target, [TestEnvironments.Example("zbs-c6off")], overwrite: true);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [Fact]
    public void Writing_that_is_stopped_leaves_everything_as_it_was()
    {
        File.WriteAllText(Target, "mine");
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => EnvironmentFile.Write(Target, [TestEnvironments.Example("zbs")], overwrite: true, stop.Token));
        Assert.Equal("mine", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        RoundTrip(TestEnvironments.Example("zbs"));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => EnvironmentFile.Read(Target, new LogReadOptions { Cancellation = stop.Token }));
    }

    [Fact]
    public void A_file_is_known_by_its_content_or_its_extension()
    {
        RoundTrip(TestEnvironments.Example("zbs-c6off"));
        string renamed = Path.Combine(_folder.Path, "baseline");
        File.Copy(Target, renamed);

        Assert.True(EnvironmentFile.IsOne(renamed));
        Assert.True(EnvironmentFile.IsOne(_folder.Write("broken.VLENV", "text")));
        Assert.False(EnvironmentFile.IsOne(_folder.Write("a.log", "PK is how this log begins")));
        Assert.False(EnvironmentFile.IsOne(_folder.Write("empty.log", string.Empty)));
    }

    private static LatencyEnvironment Environment(SampleStore store) =>
        new("one", null, [new EnvironmentLog { Role = "SenderVm", RoleValue = LogRole.SenderVm, Tool = "kernel_icmp_rtt", ToolValue = LogTool.KernelIcmpRtt, File = "a.log", Store = store }]);

    private IReadOnlyList<LatencyEnvironment> RoundTrip(params LatencyEnvironment[] environments)
    {
        EnvironmentFile.Write(Target, environments, overwrite: true);
        return EnvironmentFile.Read(Target, new LogReadOptions());
    }
}
