namespace VirtLatency.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("virtlatency-").FullName;

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
