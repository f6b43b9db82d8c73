using System.IO.Compression;
using System.Text;

namespace VirtLatency.Tests.Environments;

/// <summary>Changes exported files with check sums that are right again, as whoever means harm would.</summary>
internal static class FileEdit
{
    /// <summary>The same entries in a new archive.</summary>
    public static string Repack(string path, CompressionLevel level, Func<string, byte[], byte[]>? change = null)
    {
        string target = path + ".repacked";
        using ZipArchive source = ZipFile.OpenRead(path);
        using ZipArchive archive = ZipFile.Open(target, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            using Stream from = entry.Open();
            using var bytes = new MemoryStream();
            from.CopyTo(bytes);
            using Stream to = archive.CreateEntry(entry.FullName, level).Open();
            to.Write(change is null ? bytes.ToArray() : change(entry.FullName, bytes.ToArray()));
        }

        return target;
    }

    /// <summary>Replaces text in environment.json, which must be there.</summary>
    public static string Document(string path, string text, string by) => Repack(path, CompressionLevel.NoCompression, (name, bytes) =>
    {
        if (name != "environment.json")
        {
            return bytes;
        }

        string json = Encoding.UTF8.GetString(bytes);
        Assert.Contains(text, json, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(json.Replace(text, by, StringComparison.Ordinal));
    });

    /// <summary>Changes the records of the first log.</summary>
    public static string Records(string path, Func<byte[], byte[]> change) =>
        Repack(path, CompressionLevel.NoCompression, (name, bytes) => name == "samples/1.bin" ? change(bytes) : bytes);
}
