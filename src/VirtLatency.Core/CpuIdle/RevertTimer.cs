using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace VirtLatency.CpuIdle;

/// <summary>
/// A timer on the host itself that takes a limit back, so that a lost session undoes itself. It is a shell script in a
/// session of its own; a mark under /run shows that it is armed, and changing the mark disarms it. Only values that
/// are still as the limit wrote them are put back.
/// </summary>
public static class RevertTimer
{
    private const string Armed = "armed";
    private const string Disarmed = "disarmed";
    private const int StepSeconds = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Starts the script that is its first argument apart from this session: by systemd where it runs, so that no login's
    /// end takes it along; else, or where systemd starts nothing, by setsid. Old systemd-run has no --collect.
    /// </summary>
    public static string Launcher { get; } = LauncherOf("/run/systemd/system");

    /// <summary>The mark of a change.</summary>
    /// <param name="changeId">The change's id: letters and digits.</param>
    /// <returns>Its absolute path on the host.</returns>
    public static string MarkOf(string changeId) => changeId.Length > 0 && changeId.All(char.IsAsciiLetterOrDigit) ? $"/run/virtlatency-{changeId}" : throw new ArgumentException("An id has letters and digits only.", nameof(changeId));

    /// <summary>
    /// The script: marks, waits in short sleeps so that it ends soon after it was disarmed, and puts back what is still as
    /// written. CPUs share a line, so that a host with thousands of states stays below the length of an argument (128 KiB).
    /// It has no percent sign, no $$ and no ${, which systemd would take as its own.
    /// </summary>
    /// <param name="journal">The change.</param>
    /// <param name="delay">The time to wait.</param>
    /// <param name="root">What stands before the paths; empty on a live host.</param>
    /// <returns>POSIX sh; it holds kernel paths and numbers, no names from anywhere.</returns>
    public static string ScriptOf(LimitJournal journal, TimeSpan delay, string root = "")
    {
        long seconds = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds));
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $$"""
            mark='{{root}}{{MarkOf(journal.ChangeId)}}'
            umask 077; echo {{Armed}} > "$mark" || exit 1
            is_armed() { read -r now < "$mark" && [ "$now" = {{Armed}} ]; } 2>/dev/null
            left={{seconds}}
            while is_armed && [ "$left" -gt {{StepSeconds}} ]; do sleep {{StepSeconds}}; left=$((left - {{StepSeconds}})); done
            if is_armed; then sleep "$left"; fi
            if ! is_armed; then rm -f "$mark"; exit 0; fi
            back() { now=; read -r now < "$1"; [ "$now" = "$2" ] && echo "$3" > "$1"; }

            """);
        foreach (IGrouping<(int?, string, string), LimitWrite> group in journal.Writes.GroupBy(write => (write.Index, write.After, write.Before)))
        {
            string file = group.First().Path.Replace(FormattableString.Invariant($"/cpu{group.First().Cpu}/"), "/cpu'\"$cpu\"'/", StringComparison.Ordinal);
            string cpus = string.Join(' ', group.Select(write => write.Cpu.ToString(CultureInfo.InvariantCulture)));
            script.Append(CultureInfo.InvariantCulture, $"for cpu in {cpus}; do back '{root}{file}' '{group.Key.Item2}' '{group.Key.Item3}'; done\n");
        }

        return script.Append("rm -f \"$mark\"\n").ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Arms the timer and waits until its mark is there.</summary>
    /// <param name="host">The host.</param>
    /// <param name="journal">The change.</param>
    /// <param name="delay">The time to wait.</param>
    /// <exception cref="LimitException">It is not armed; nothing was changed.</exception>
    public static void Arm(IHostAccess host, LimitJournal journal, TimeSpan delay)
    {
        string mark = MarkOf(journal.ChangeId);
        try
        {
            host.StartDetached(ScriptOf(journal, delay));
            long start = Stopwatch.GetTimestamp();
            while (host.Read([mark]).TextOf(mark) != Armed)
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    TryDisarm(host, journal);
                    throw new LimitException(LimitProblem.RevertNotArmed, host.HostName, $"The timer on {host.HostName} did not show its mark '{mark}', so nothing was changed. It needs root, sleep, and a writable /run.");
                }

                Thread.Sleep(20);
            }
        }
        catch (HostAccessException e)
        {
            TryDisarm(host, journal);
            throw new LimitException(LimitProblem.RevertNotArmed, host.HostName, $"The timer on {host.HostName} could not be armed, so nothing was changed: {e.Message}", e);
        }
    }

    /// <summary>Changes the mark: the timer then ends within seconds, without a change.</summary>
    /// <param name="host">The host.</param>
    /// <param name="changeId">The change.</param>
    /// <exception cref="HostAccessException">The mark cannot be changed.</exception>
    public static void Disarm(IHostAccess host, string changeId)
    {
        string mark = MarkOf(changeId);
        if (host.Read([mark]).TextOf(mark) is not null)
        {
            host.Write(mark, Disarmed);
        }
    }

    /// <summary>The launcher for a host whose systemd shows itself by a folder.</summary>
    internal static string LauncherOf(string systemd) =>
        $$"""
        if [ -d {{systemd}} ] && command -v systemd-run >/dev/null 2>&1; then
            for collect in --collect ''; do
                if systemd-run --quiet $collect /bin/sh -c "$1" >/dev/null 2>&1 </dev/null; then exit 0; fi
            done
        fi
        if command -v setsid >/dev/null 2>&1; then setsid /bin/sh -c "$1" </dev/null >/dev/null 2>&1 & exit 0; fi
        nohup /bin/sh -c "$1" </dev/null >/dev/null 2>&1 &
        """.ReplaceLineEndings("\n");

    /// <summary>Disarms the timer of a change that is put back, where it had one.</summary>
    internal static void TryDisarm(IHostAccess host, LimitJournal journal)
    {
        if (journal.RevertMark is not null)
        {
            TryDisarm(host, journal.ChangeId);
        }
    }

    /// <summary>Disarms a change's timer.</summary>
    internal static void TryDisarm(IHostAccess host, string changeId)
    {
        try
        {
            Disarm(host, changeId);
        }
        catch (HostAccessException)
        {
            // The timer then finds no value as the limit wrote it, and changes nothing.
        }
    }
}
