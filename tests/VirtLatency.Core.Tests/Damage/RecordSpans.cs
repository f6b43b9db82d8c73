namespace VirtLatency.Tests.Damage;

/// <summary>
/// Which part of a log each of its records comes from, found by reading ever shorter ends and beginnings of it: a record
/// begins with the last line without which the rest does not give it, and ends with the first line that completes it.
/// </summary>
internal static class RecordSpans
{
    /// <summary>Each record with the offsets of its first line's beginning and its last line's end.</summary>
    public static IReadOnlyList<(string Record, int Start, int End)> Of(string name, string log)
    {
        int[] lines = [0, .. Enumerable.Range(0, log.Length).Where(i => log[i] == '\n').Select(i => i + 1)];
        var starts = new Dictionary<string, int>();
        var ends = new Dictionary<string, int>();
        foreach (int line in lines)
        {
            foreach (string record in LogSubject.Read(name, log[line..]).Records)
            {
                starts[record] = line;
            }

            foreach (string record in LogSubject.Read(name, log[..line]).Records)
            {
                ends.TryAdd(record, line);
            }
        }

        // A record that reading on changes (a chain that grows) is the one that the whole log gives.
        return [.. LogSubject.Read(name, log).Records.Distinct().Select(record => (record, starts[record], ends[record])).Where(span => span.Item2 < span.Item3)];
    }

    /// <summary>Texts of the first list that the second one has fewer of.</summary>
    public static List<string> Missing(IEnumerable<string> expected, IEnumerable<string> found)
    {
        var left = found.GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
        var missing = new List<string>();
        foreach (string text in expected)
        {
            left[text] = left.GetValueOrDefault(text) - 1;
            if (left[text] < 0)
            {
                missing.Add(text);
            }
        }

        return missing;
    }
}
