using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>Lists of CPUs as the kernel prints them: <c>0-3,8</c>. Output uses ; between parts, so that no spreadsheet reads a number.</summary>
public static class CpuRange
{
    /// <summary>CPUs that a machine can have; larger numbers are refused.</summary>
    public const int MostCpus = 65_536;

    /// <summary>Reads a list.</summary>
    /// <param name="text">For instance <c>0-3,8</c>; parts may be separated by , or ;.</param>
    /// <param name="cpus">The numbers in ascending order, each once.</param>
    /// <returns>False where the text is no such list.</returns>
    public static bool TryParse(string text, out IReadOnlyList<int> cpus)
    {
        var found = new SortedSet<int>();
        cpus = [];
        foreach (string part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out int first) || !TryNumber(ends[^1], out int last) || last < first)
            {
                return false;
            }

            found.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        cpus = [.. found];
        return true;
    }

    /// <summary>Writes a list.</summary>
    /// <param name="cpus">CPU numbers in any order.</param>
    /// <returns>For instance <c>0-3;8</c>.</returns>
    public static string TextOf(IEnumerable<int> cpus)
    {
        var parts = new List<string>();
        int[] sorted = [.. cpus.Distinct().Order()];
        for (int i = 0; i < sorted.Length;)
        {
            int end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            parts.Add(end == i ? sorted[i].ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{sorted[i]}-{sorted[end]}"));
            i = end + 1;
        }

        return string.Join(';', parts);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < MostCpus;
}
