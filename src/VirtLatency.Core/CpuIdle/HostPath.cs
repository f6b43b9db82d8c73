namespace VirtLatency.CpuIdle;

/// <summary>Finds the file that a host's path means below a folder, links followed as that host would: none leads out of the folder.</summary>
internal static class HostPath
{
    /// <summary>As the kernel's limit for one look-up (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    /// <summary>The path without links.</summary>
    /// <param name="root">The folder; empty for this machine.</param>
    /// <param name="path">Absolute path of the host.</param>
    /// <returns>Absolute path of the host, links resolved; what does not exist stays as it is.</returns>
    /// <exception cref="IOException">Links go round in a circle.</exception>
    public static string Resolve(string root, string path)
    {
        var left = new Stack<string>(Parts(path).Reverse());
        var done = new List<string>();
        int links = 0;
        while (left.TryPop(out string? part))
        {
            if (part == "..")
            {
                done.RemoveRange(Math.Max(0, done.Count - 1), Math.Min(1, done.Count));
                continue;
            }

            string? target = new FileInfo(root + "/" + string.Join('/', [.. done, part])).LinkTarget;
            if (target is null)
            {
                done.Add(part);
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"'{path}': too many levels of symbolic links.");
            }

            if (target.StartsWith('/'))
            {
                done.Clear();
            }

            foreach (string step in Parts(target).Reverse())
            {
                left.Push(step);
            }
        }

        return "/" + string.Join('/', done);
    }

    private static IEnumerable<string> Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
