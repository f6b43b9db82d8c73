using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Joining;

/// <summary>
/// The join by brute force, over what the simulation knows and the logs do not print: which packet a record truly is of.
/// It shares nothing with the join that it is held against.
/// </summary>
internal static class NaiveJoin
{
    /// <summary>For each packet that two logs have at least, the logs that have it.</summary>
    public static SortedDictionary<int, SortedSet<LogRole>> Of(IEnumerable<SeenRecord> records)
    {
        var joined = new SortedDictionary<int, SortedSet<LogRole>>();
        foreach (SeenRecord record in records)
        {
            if (!joined.TryGetValue(record.Truth, out SortedSet<LogRole>? roles))
            {
                joined.Add(record.Truth, roles = []);
            }

            roles.Add(record.Role);
        }

        foreach (int packet in joined.Keys.Where(packet => joined[packet].Count < 2).ToArray())
        {
            joined.Remove(packet);
        }

        return joined;
    }
}
