using System.IO.Compression;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit.Abstractions;

namespace VirtLatency.Tests.Environments;

/// <summary>Whatever is done to a file: the same environment, or an error that says what is wrong.</summary>
public sealed class EnvironmentFileDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;
    private readonly string _path;
    private readonly IReadOnlyList<string> _rows;

    public EnvironmentFileDamageTests(ITestOutputHelper output)
    {
        _output = output;
        var flow = new SampleFlow(1, 0x0a008291, 0x0a00828f, null, -1);
        var store = new SampleStore(SampleSchema.Of(LogTool.KernelIcmpRtt));
        store.Add(in flow, 21973, 1, SampleFlags.First, counted: true, [20_839, 183_666, 14_153, 218_658]);
        store.Add(in flow, 21973, 2, SampleFlags.Negative, counted: false, [12_001, -5, 17_446, 29_442]);
        var log = new EnvironmentLog { Role = "SenderVm", RoleValue = LogRole.SenderVm, Tool = "kernel_icmp_rtt", ToolValue = LogTool.KernelIcmpRtt, File = "vm.log", Reason = "typed", Store = store };
        var environment = new LatencyEnvironment("small", "/logs/small", [log]);
        _path = Path.Combine(_folder.Path, "small.vlenv");
        EnvironmentFile.Write(_path, [environment], overwrite: false);
        _rows = EnvironmentRows.Of(environment);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0xff)]
    [InlineData(0x01)]
    public void Every_changed_byte_is_an_error_or_changes_nothing(byte mask)
    {
        byte[] whole = File.ReadAllBytes(_path);
        int refused = 0;
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= mask;
            refused += Refuses(damaged, $"byte {i} ^ {mask}") ? 1 : 0;
        }

        _output.WriteLine($"{refused} of {whole.Length} changes are refused");

        // All but dates, attributes, versions and copies of sizes in the archive's own headers.
        Assert.InRange(refused, whole.Length - 120, whole.Length);
    }

    [Fact]
    public void Every_truncation_is_an_error()
    {
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.True(Refuses(whole[..length], $"{length} bytes"), $"{length} of {whole.Length} bytes are taken for whole");
        }
    }

    [Theory]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "format version 2")]
    [InlineData("\"role\": \"SenderVm\"", "\"role\": \"MiddleVm\"", "the role 'MiddleVm'")]
    [InlineData("\"role\": \"SenderVm\"", "\"role\": \"3\"", "the role '3'")]
    [InlineData("\"tool\": \"KernelIcmpRtt\"", "\"tool\": \"Sonar\"", "the tool 'Sonar'")]
    [InlineData("\"tool\": \"KernelIcmpRtt\"", "\"tool\": \"TcpDropDetector\"", "samples of tcp_drop_detector")]
    [InlineData("\"name\": \"InterPath\"", "\"name\": \"Jitter\"", "the column 'Jitter'")]
    [InlineData("\"tickNanoseconds\": 1,", "\"tickNanoseconds\": 10,", "in steps of 10 ns")]
    public void What_a_later_version_wrote_is_named(string text, string by, string named)
    {
        EnvironmentFileException error = Refused(FileEdit.Document(_path, text, by));

        Assert.Equal(EnvironmentFileProblem.TooNew, error.Problem);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("was written by VirtLatency 0.1.0", error.Message, StringComparison.Ordinal);
    }

    /// <summary>0x4000 is no flag of today; bytes 6 and 7 of a record are its flags.</summary>
    [Fact]
    public void An_unknown_flag_is_of_a_later_version()
    {
        EnvironmentFileException error = Refused(FileEdit.Records(_path, bytes =>
        {
            bytes[7] |= 0x20;
            return bytes;
        }));

        Assert.Equal(EnvironmentFileProblem.TooNew, error.Problem);
        Assert.Contains("0x2001", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"recordCount\": 2", "\"recordCount\": 3")]
    [InlineData("\"recordCount\": 2", "\"recordCount\": 2000000000000")]
    [InlineData("\"sampleCount\": 2", "\"sampleCount\": 3")]
    [InlineData("\"sampleCount\": 2", "\"sampleCount\": -1")]
    [InlineData("\"excludedCount\": 1", "\"excludedCount\": 0")]
    [InlineData("\"excludedCount\": 1", "\"excludedCount\": 3")]
    [InlineData("\"maxSampleCount\": 1000000", "\"maxSampleCount\": 0")]
    [InlineData("\"count\": 1", "\"count\": 2")]
    [InlineData("\"sum\": 20839", "\"sum\": 20840")]
    [InlineData("\"min\": 20839", "\"min\": 20840")]
    [InlineData("\"sum\": 20839", "\"sum\": 99999999999999999999999999999999999999999999")]
    [InlineData("\"squares\": 0", "\"squares\": -1")]
    [InlineData("\"name\": \"InterPath\"", "\"name\": \"Path1\"")]
    [InlineData("\"entry\": \"samples/1.bin\"", "\"entry\": \"../../etc/passwd\"")]
    [InlineData("\"entry\": \"samples/1.bin\"", "\"entry\": \"environment.json\"")]
    [InlineData("\"entry\": \"samples/1.bin\"", "\"entry\": null")]
    [InlineData("\"name\": \"small\"", "\"name\": \"\"")]
    [InlineData("\"name\": \"small\"", "\"name\": null")]
    [InlineData("\"flows\": [", "\"flows\": null, \"spare\": [")]
    [InlineData("\"columns\": [", "\"columns\": [ null,")]
    [InlineData("\"logs\": [", "\"logs\": [ null,")]
    [InlineData("\"environments\": [", "\"environments\": [ null,")]
    [InlineData("\"environments\": [", "\"environments\": [], \"spare\": [")]
    [InlineData("\"isClamped\": false,", "")]
    [InlineData("\"tool\": \"KernelIcmpRtt\"", "\"tool\": null")]
    public void Figures_that_cannot_be_are_refused(string text, string by) =>
        Assert.Equal(EnvironmentFileProblem.Damaged, Refused(FileEdit.Document(_path, text, by)).Problem);

    [Fact]
    public void Records_are_as_many_as_are_said_and_of_flows_that_exist()
    {
        Assert.Contains("2 records", Refused(FileEdit.Records(_path, bytes => bytes[..24])).Message, StringComparison.Ordinal);
        Assert.Contains("2 records", Refused(FileEdit.Records(_path, bytes => [.. bytes, .. bytes])).Message, StringComparison.Ordinal);
        Assert.Contains("2 records", Refused(FileEdit.Records(_path, bytes => bytes[..47])).Message, StringComparison.Ordinal);
        Assert.Contains("flow 1", Refused(FileEdit.Records(_path, bytes => [1, .. bytes[1..]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_archive_of_something_else_is_named_so()
    {
        string logs = Path.Combine(_folder.Path, "logs.zip");
        using (ZipArchive archive = ZipFile.Open(logs, ZipArchiveMode.Create))
        {
            archive.CreateEntry("a.log");
        }

        Assert.Equal(EnvironmentFileProblem.Foreign, Refused(logs).Problem);
        Assert.Equal(EnvironmentFileProblem.Foreign, Refused(FileEdit.Document(_path, "VirtLatency environments", "Docker image")).Problem);
    }

    [Fact]
    public void A_file_that_unpacks_to_too_much_is_refused()
    {
        string bombDocument = FileEdit.Repack(_path, CompressionLevel.Optimal, (name, bytes) => name == "environment.json" ? [.. Enumerable.Repeat((byte)' ', 64 << 20)] : bytes);

        Assert.True(new FileInfo(bombDocument).Length < 70_000);
        Assert.Equal(EnvironmentFileProblem.ExpandsTooFar, Refused(bombDocument).Problem);
        Assert.Equal(EnvironmentFileProblem.ExpandsTooFar, Refused(_path, maxExpandedBytes: 100).Problem);
        Assert.Contains("-MaxExpandedBytes", Refused(_path, maxExpandedBytes: 100).Message, StringComparison.Ordinal);

        // Not even so many: the document says 2.
        string bomb = FileEdit.Repack(_path, CompressionLevel.Optimal, (name, bytes) => name == "environment.json" ? bytes : new byte[64 << 20]);
        Assert.Contains("2 records", Refused(bomb).Message, StringComparison.Ordinal);
    }

    private EnvironmentFileException Refused(string path, long? maxExpandedBytes = null)
    {
        EnvironmentFileException error = Assert.Throws<EnvironmentFileException>(() => EnvironmentFile.Read(path, new LogReadOptions { MaxExpandedBytes = maxExpandedBytes }));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        if (path != _path)
        {
            File.Delete(path);
        }

        return error;
    }

    private bool Refuses(byte[] bytes, string what)
    {
        string path = Path.Combine(_folder.Path, "damaged.vlenv");
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Equal(_rows, EnvironmentRows.Of(Assert.Single(EnvironmentFile.Read(path, new LogReadOptions()))));
            return false;
        }
        catch (EnvironmentFileException)
        {
            return true;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }
    }
}
