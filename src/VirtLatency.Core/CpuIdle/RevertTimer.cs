using System.Globalization;
using System.Text;

namespace VirtLatency.CpuIdle;

/// <summary>
/// A timer on the host itself that takes a limit back, so that a lost session undoes itself. It is a shell script in a
/// session of its own; a mark under /run shows that it is armed, and taking the mark away disarms it. Only values that
/// are still as the limit wrote them are put back.
/// </summary>
public static class RevertTimer
{
    /// <summary>
    /// Starts the script that is its first argument apart from this session: by systemd where it runs, else by setsid.
    /// </summary>
    public const string Launcher =
        """
        if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then exec systemd-run --quiet --collect /bin/sh -c "$1"; fi
        if command -v setsid >/dev/null 2>&1; then setsid /bin/sh -c "$1" </dev/null >/dev/null 2>&1 & exit 0; fi
        nohup /bin/sh -c "$1" </dev/null >/dev/null 2>&1 &
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The mark of a change.</summary>
    /// <param name="changeId">The change's id: letters and digits.</param>
    /// <returns>Its absolute path on the host.</returns>
    public static string MarkOf(string changeId) => changeId.All(char.IsAsciiLetterOrDigit) ? $"/run/virtlatency-{changeId}" : throw new ArgumentException("An id has letters and digits only.", nameof(changeId));

    /// <summary>The script: marks, waits, and puts back what is still as written.</summary>
    /// <param name="journal">The change.</param>
    /// <param name="delay">The time to wait.</param>
    /// <param name="root">What stands before the paths; empty on a live host.</param>
    /// <returns>POSIX sh; it holds kernel paths and numbers, no names from anywhere.</returns>
    public static string ScriptOf(LimitJournal journal, TimeSpan delay, string root = "")
    {
        string mark = root + MarkOf(journal.ChangeId);
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"umask 077; echo armed > '{mark}' || exit 1\nsleep {Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds))}\n[ -e '{mark}' ] || exit 0\n");
        script.Append("back() { read -r now < \"$1\" && [ \"$now\" = \"$2\" ] && printf %s \"$3\" > \"$1\"; }\n");
        foreach (LimitWrite write in journal.Writes)
        {
            script.Append(CultureInfo.InvariantCulture, $"back '{root}{write.Path}' '{write.After}' '{write.Before}'\n");
        }

        return script.Append(CultureInfo.InvariantCulture, $"rm -f '{mark}'\n").ToString();
    }

    /// <summary>Arms the timer and waits until its mark is there.</summary>
    /// <param name="host">The host.</param>
    /// <param name="journal">The change.</param>
    /// <param name="delay">The time to wait.</param>
    /// <exception cref="LimitException">It is not armed; nothing was changed.</exception>
    public static void Arm(IHostAccess host, LimitJournal journal, TimeSpan delay)
    {
        try
        {
            host.StartDetached(ScriptOf(journal, delay));
        }
        catch (HostAccessException e)
        {
            throw new LimitException(LimitProblem.RevertNotArmed, host.HostName, $"The timer on {host.HostName} could not be armed, so nothing was changed: {e.Message}", e);
        }

        string mark = MarkOf(journal.ChangeId);
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (host.Read([mark]).TextOf(mark) != "armed")
        {
            if (Environment.TickCount64 > end)
            {
                throw new LimitException(LimitProblem.RevertNotArmed, host.HostName, $"The timer on {host.HostName} did not show its mark '{mark}', so nothing was changed. It needs root, sleep, and a writable /run.");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Takes the mark away: the timer then ends without a change.</summary>
    /// <param name="host">The host.</param>
    /// <param name="changeId">The change.</param>
    public static void Disarm(IHostAccess host, string changeId) => host.StartDetached($"rm -f '{MarkOf(changeId)}'");
}
