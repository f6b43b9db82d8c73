using System.Runtime.CompilerServices;

namespace VirtLatency.Tests;

/// <summary>Where the repository lies, seen from this source file.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string ExampleData { get; } = Path.Combine(Root, "examples", "data");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
