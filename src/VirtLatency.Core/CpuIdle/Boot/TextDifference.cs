namespace VirtLatency.CpuIdle.Boot;

/// <summary>What differs between two texts, as a unified difference without context: one block of lines.</summary>
internal static class TextDifference
{
    /// <summary>The difference.</summary>
    /// <param name="path">The file's name for the head.</param>
    /// <param name="before">Old text.</param>
    /// <param name="after">New text.</param>
    /// <returns>Lines joined by line ends; empty where nothing differs.</returns>
    public static string Of(string path, string before, string after)
    {
        if (before == after)
        {
            return string.Empty;
        }

        string[] old = Lines(before);
        string[] now = Lines(after);
        int head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        int tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        string[] removed = old[head..^tail];
        string[] added = now[head..^tail];
        return string.Join('\n', (string[])
        [
            "--- " + path, "+++ " + path,
            FormattableString.Invariant($"@@ -{head + 1},{removed.Length} +{head + 1},{added.Length} @@"),
            .. removed.Select(line => "-" + VisibleText.Message(Shown(line))), .. added.Select(line => "+" + VisibleText.Message(Shown(line))),
        ]);
    }

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is int found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }

    private static string Shown(string line) => line.EndsWith('\n') ? line.TrimEnd('\r', '\n') : line + "\n\\ No newline at end of file";
}
