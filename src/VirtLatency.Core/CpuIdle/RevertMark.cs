using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// The mark of a timer on its host, one line: <c>armed</c>, and behind it what later changes need and the timer must leave
/// alone: <c>+ id place place</c>, or <c>@ id place</c> for a change that has a timer itself, for which this one waits. A
/// place is CPU and state, <c>3/2</c>, or <c>all/2</c> for every CPU; r stands for the resume latency.
/// </summary>
internal static class RevertMark
{
    /// <summary>What an armed timer's mark begins with.</summary>
    public const string Armed = "armed";

    /// <summary>What a disarmed timer's mark reads.</summary>
    public const string Disarmed = "disarmed";

    /// <summary>The marks of all timers on a host.</summary>
    public const string Pattern = Prefix + "*";

    private const string Prefix = "/run/virtlatency-";
    private const string Claim = "+";
    private const string TimedClaim = "@";

    /// <summary>The mark of a change.</summary>
    /// <param name="changeId">The change's id: letters and digits.</param>
    /// <returns>Its absolute path on the host.</returns>
    public static string PathOf(string changeId) =>
        changeId.Length > 0 && changeId.All(char.IsAsciiLetterOrDigit) ? Prefix + changeId : throw new ArgumentException("An id has letters and digits only.", nameof(changeId));

    /// <summary>Whether a mark's text is that of an armed timer.</summary>
    public static bool IsArmed(string? text) => text?.Split(' ')[0] == Armed;

    /// <summary>A mark with what a later change needs.</summary>
    /// <param name="text">The mark's text.</param>
    /// <param name="later">The later change.</param>
    /// <returns>The text to write.</returns>
    public static string With(string text, LimitJournal later)
    {
        int online = CpuRange.TryParse(later.OnlineCpus, out IReadOnlyList<int> cpus) ? cpus.Count : 0;
        var places = new List<string>();
        foreach (IGrouping<int?, int> state in later.Writes.Concat(later.Kept).GroupBy(write => write.Index, write => write.Cpu))
        {
            string name = state.Key?.ToString(CultureInfo.InvariantCulture) ?? "r";
            int[] own = [.. state.Distinct()];
            places.AddRange(own.Length == online ? [$"all/{name}"] : own.Select(cpu => FormattableString.Invariant($"{cpu}/{name}")));
        }

        return $"{text.TrimEnd()} {(later.RevertMark is null ? Claim : TimedClaim)} {later.ChangeId} {string.Join(' ', places)}";
    }

    /// <summary>A mark without what a change needed.</summary>
    /// <param name="text">The mark's text.</param>
    /// <param name="changeId">The change.</param>
    /// <returns>The text to write, as long as it was, for a write replaces only what it covers; null where the change has no part in it.</returns>
    public static string? Without(string text, string changeId)
    {
        List<string> words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        int at = words.IndexOf(changeId) - 1;
        if (at < 1 || words[at] is not (Claim or TimedClaim))
        {
            return null;
        }

        int end = words.FindIndex(at + 1, word => word is Claim or TimedClaim);
        words.RemoveRange(at, (end < 0 ? words.Count : end) - at);
        return string.Join(' ', words).PadRight(text.Length);
    }
}
