namespace VirtLatency.CpuIdle.Boot;

/// <summary>grubenv: the block of NAME=value lines that the boot loader keeps.</summary>
internal static class GrubEnvironment
{
    /// <summary>Reads a block.</summary>
    /// <param name="text">Its text; null for none.</param>
    /// <returns>Value and line by name.</returns>
    public static IReadOnlyDictionary<string, (string Value, int Line)> Parse(string? text)
    {
        var found = new Dictionary<string, (string Value, int Line)>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in (text ?? string.Empty).Split('\n'))
        {
            number++;
            int equals = line.StartsWith('#') ? -1 : line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                found[line[..equals]] = (line[(equals + 1)..].TrimEnd('\r').Replace("\\\\", "\\", StringComparison.Ordinal), number);
            }
        }

        return found;
    }
}
