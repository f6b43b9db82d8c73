namespace VirtLatency.Bench;

/// <summary>Finds what was built in this repository.</summary>
internal static class Repository
{
    /// <summary>The staged module.</summary>
    public static string Module => Path.Combine(Root, "out", "VirtLatency", "VirtLatency.psd1");

    private static string Root
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "VirtLatency.slnx")))
            {
                folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? throw new InvalidOperationException("Run the benchmark from where it was built: VirtLatency.slnx is in no folder above it.");
            }

            return folder;
        }
    }

    /// <summary>A program in release form.</summary>
    /// <param name="project">Its project's folder.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Where it is.</returns>
    public static string Program(string project, string name)
    {
        string path = Path.Combine(Root, project, "bin", "Release", "net10.0", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"'{path}' is not built. Run 'dotnet build -c Release {project}'.");
    }
}
