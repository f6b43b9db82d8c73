using System.IO.Compression;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Packs a document anew with fixed times and order, so that one report gives the same bytes whenever it is written.</summary>
internal static class FixedArchive
{
    private const string ContentTypes = "[Content_Types].xml";

    /// <summary>The first year that a zip archive can tell.</summary>
    private const int FirstYear = 1980;

    /// <summary>Copies an archive.</summary>
    /// <param name="source">The archive as the library wrote it.</param>
    /// <param name="target">Where it goes; it is left open and need not be sought.</param>
    /// <param name="made">The time of every entry, UTC.</param>
    public static void Copy(Stream source, Stream target, DateTime made)
    {
        var time = new DateTimeOffset(made.Year < FirstYear ? new DateTime(FirstYear, 1, 1) : DateTime.SpecifyKind(made, DateTimeKind.Unspecified), TimeSpan.Zero);
        using var from = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        using var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);

        // What says the types of the parts is what programs look for at the beginning.
        foreach (ZipArchiveEntry entry in from.Entries.OrderBy(entry => entry.FullName != ContentTypes).ThenBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            ZipArchiveEntry copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = time;
            using Stream read = entry.Open();
            using Stream write = copy.Open();
            read.CopyTo(write);
        }
    }
}
