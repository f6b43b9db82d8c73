namespace VirtLatency.Tests;

/// <summary>A folder that goes away with the test.</summary>
/// <param name="inMemory">Where there is a file system in memory, there: for thousands of files.</param>
internal sealed class TemporaryFolder(bool inMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Path { get; } = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, "virtlatency-" + Guid.NewGuid().ToString("N"))).FullName
        : Directory.CreateTempSubdirectory("virtlatency-").FullName;

    /// <summary>Writes a file, making its folder.</summary>
    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Copies a log of the example data.</summary>
    public string CopyExample(string example, string name) =>
        Write(name, File.ReadAllText(System.IO.Path.Combine(RepositoryFolder.ExampleData, example)));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
