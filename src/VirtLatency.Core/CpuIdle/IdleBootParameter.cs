using System.Text;

namespace VirtLatency.CpuIdle;

/// <summary>The parameters of a kernel's command line that matter to idle states.</summary>
public static class IdleBootParameter
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "intel_idle.max_cstate", "intel_idle.states_off", "intel_idle.use_acpi", "intel_idle.no_acpi", "intel_idle.preferred_cstates",
        "processor.max_cstate", "idle", "nohalt", "cpuidle.off", "cpuidle.governor", "cpuidle_haltpoll.force", "nosmt", "isolcpus", "nohz_full",
    };

    /// <summary>Finds them.</summary>
    /// <param name="commandLine">/proc/cmdline; quotes hold blanks together, and what stands behind -- is for init.</param>
    /// <returns>Each as it stands there, in its order.</returns>
    public static IEnumerable<string> Relevant(string commandLine) => Split(commandLine).TakeWhile(word => word != "--").Where(IsRelevant);

    /// <summary>Whether a word of a command line is one of them. The kernel takes - for _ in names.</summary>
    /// <param name="word">For instance <c>intel-idle.max_cstate=1</c>.</param>
    /// <returns>True where it is.</returns>
    public static bool IsRelevant(string word) => Names.Contains(word.Trim('"').Split('=')[0].Replace('-', '_'));

    private static IEnumerable<string> Split(string commandLine)
    {
        var word = new StringBuilder();
        bool isQuoted = false;
        foreach (char character in commandLine)
        {
            isQuoted ^= character == '"';
            if (!char.IsWhiteSpace(character) || isQuoted)
            {
                word.Append(character);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
