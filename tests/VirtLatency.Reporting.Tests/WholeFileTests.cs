using VirtLatency.Environments;
using VirtLatency.Reporting;

namespace VirtLatency.Tests.Reporting;

/// <summary>A file that could not be written whole leaves nothing, and what was there stays.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "report.md");

    public void Dispose() => _folder.Dispose();

    /// <summary>The kernel's own full disk, behind the stream that the writer gets.</summary>
    [Fact]
    public void A_full_disk_leaves_the_old_file_and_no_temporary_one()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<IOException>(() => WholeFile.Write(Target, overwrite: true, stream =>
        {
            stream.Write("half"u8);
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[8192]);
            full.Flush();
        }));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <summary>What the disk said goes up, not what a half-written document says of itself.</summary>
    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("xlsx")]
    public void A_full_disk_is_what_every_writer_reports(string extension)
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        IOException refused = Assert.ThrowsAny<IOException>(() => ReportWriters.Of("." + extension)!.Write(Reports.Reference, full));

        Assert.Contains("No space left", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_existing_file_is_not_replaced_without_leave()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<IOException>(() => WholeFile.Write(Target, overwrite: false, stream => stream.Write("new"u8)));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_private_file_stays_private()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        WholeFile.Write(Target, overwrite: true, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }
}
