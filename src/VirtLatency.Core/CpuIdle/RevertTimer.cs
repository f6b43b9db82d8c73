using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace VirtLatency.CpuIdle;

/// <summary>
/// A timer on the host itself that takes a limit back, so that a lost session undoes itself. It is a shell script in a
/// session of its own; a mark under /run shows that it is armed, and changing the mark disarms it. Only values that
/// are still as the limit wrote them are put back, and none that a later change needs (<see cref="RevertMark"/>).
/// </summary>
public static class RevertTimer
{
    private const int StepSeconds = 5;

    private const string Uptime = "/proc/uptime";

    /// <summary>Behind the time at which the script may still start, so that one that did start is seen.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Starts the script that is its first argument apart from this session: by systemd where it runs, so that no login's
    /// end takes it along; else, or where systemd starts nothing, by setsid. Old systemd-run has no --collect.
    /// </summary>
    public static string Launcher { get; } = LauncherOf("/run/systemd/system");

    /// <summary>The mark of a change.</summary>
    /// <param name="changeId">The change's id: letters and digits.</param>
    /// <returns>Its absolute path on the host.</returns>
    public static string MarkOf(string changeId) => RevertMark.PathOf(changeId);

    /// <summary>
    /// The script: marks, waits in short sleeps so that it ends soon after it was disarmed, waits for the timers of later
    /// changes that need its values, and puts back under the host's lock what is still as written. CPUs share a line, so
    /// that a host with thousands of states stays below the length of an argument (128 KiB).
    /// It has no percent sign, no $$ and no ${, which systemd would take as its own.
    /// </summary>
    /// <param name="journal">The change.</param>
    /// <param name="delay">The time to wait.</param>
    /// <param name="root">What stands before the paths; empty on a live host.</param>
    /// <param name="startBy">The host's uptime (s) behind which it must not start any more; null for none.</param>
    /// <returns>POSIX sh; it holds kernel paths and numbers, no names from anywhere.</returns>
    public static string ScriptOf(LimitJournal journal, TimeSpan delay, string root = "", long? startBy = null)
    {
        long seconds = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds));
        var script = new StringBuilder();
        if (startBy is { } latest)
        {
            script.Append(CultureInfo.InvariantCulture, $"if IFS=. read -r up rest < {Uptime} && [ \"$up\" -gt {latest} ]; then exit 1; fi 2>/dev/null\n");
        }

        script.Append(CultureInfo.InvariantCulture, $$"""
            mark='{{root}}{{MarkOf(journal.ChangeId)}}'
            umask 077; echo {{RevertMark.Armed}} > "$mark" || exit 1
            is_armed() { read -r now words < "$mark" && [ "$now" = {{RevertMark.Armed}} ]; } 2>/dev/null
            left={{seconds}}
            while is_armed && [ "$left" -gt {{StepSeconds}} ]; do sleep {{StepSeconds}}; left=$((left - {{StepSeconds}})); done
            if is_armed; then sleep "$left"; fi
            look() {
                keep=' '; waits=''; kind=''; id=''
                is_armed || return 1
                for word in $words; do
                    case $word in
                    +|@) kind=$word; id='' ;;
                    *)
                        if [ -z "$id" ]; then
                            id=$word
                            if [ "$kind" = @ ] && [ -e '{{root}}{{RevertMark.Pattern.TrimEnd('*')}}'"$id" ]; then waits=1; fi
                        elif [ "$kind" = + ]; then keep="$keep$word "; fi ;;
                    esac
                done
            }
            while look && [ -n "$waits" ]; do sleep {{StepSeconds}}; done
            if ! is_armed; then rm -f "$mark"; exit 0; fi
            back() {
                case "$keep" in *" $cpu/$1 "*|*" all/$1 "*) return ;; esac
                now=''; read -r now < "$2"; [ "$now" = "$3" ] && echo "$4" > "$2"
            }
            put_back() {
            look || return 0

            """);
        foreach (IGrouping<(int? Index, string After, string Before), LimitWrite> group in journal.Writes.GroupBy(write => (write.Index, write.After, write.Before)))
        {
            string file = group.First().Path.Replace(FormattableString.Invariant($"/cpu{group.First().Cpu}/"), "/cpu'\"$cpu\"'/", StringComparison.Ordinal);
            string cpus = string.Join(' ', group.Select(write => write.Cpu.ToString(CultureInfo.InvariantCulture)));
            string state = group.Key.Index?.ToString(CultureInfo.InvariantCulture) ?? "r";
            script.Append(CultureInfo.InvariantCulture, $"for cpu in {cpus}; do back {state} '{root}{file}' '{group.Key.After}' '{group.Key.Before}'; done\n");
        }

        // Without the program flock, or a lock that can be had within a minute, it goes on: a limit that stays is worse.
        script.Append(CultureInfo.InvariantCulture, $$"""
            return 0
            }
            if command -v flock >/dev/null 2>&1; then { flock -w 60 9; put_back; } 9<'{{root}}{{HostLock.Path}}' 2>/dev/null || put_back
            else put_back; fi
            rm -f "$mark"

            """);
        return script.ToString().ReplaceLineEndings("\n");
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
            long start = Stopwatch.GetTimestamp();
            host.StartDetached(ScriptOf(journal, delay, startBy: StartByOf(host.Read([Uptime]).TextOf(Uptime))));
            while (!RevertMark.IsArmed(host.Read([mark]).TextOf(mark)))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    TryEnd(host, journal.ChangeId);
                    throw new LimitException(LimitProblem.RevertNotArmed, host.HostName, $"The timer on {host.HostName} did not show its mark '{mark}', so nothing was changed. It needs root, sleep, and a writable /run.");
                }

                Thread.Sleep(20);
            }
        }
        catch (HostAccessException e)
        {
            TryEnd(host, journal.ChangeId);
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
            host.Write(mark, RevertMark.Disarmed);
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

    /// <summary>Tells the timers of earlier changes what a change needs, before it is written: they leave that alone.</summary>
    /// <param name="host">The host.</param>
    /// <param name="journal">The change.</param>
    /// <exception cref="HostAccessException">A mark cannot be changed.</exception>
    internal static void Claim(IHostAccess host, LimitJournal journal)
    {
        foreach ((string mark, string text) in MarksOf(host).Where(pair => pair.Key != MarkOf(journal.ChangeId) && RevertMark.IsArmed(pair.Value)))
        {
            try
            {
                host.Write(mark, RevertMark.With(text, journal));
            }
            catch (HostAccessException e) when (e.Problem == HostAccessProblem.Missing)
            {
                // That timer ended meanwhile.
            }
        }
    }

    /// <summary>Disarms the timer of a change that is put back, where it had one, and lets earlier ones have what it needed.</summary>
    internal static void TryEnd(IHostAccess host, string changeId)
    {
        if (changeId.Length == 0 || !changeId.All(char.IsAsciiLetterOrDigit))
        {
            return;
        }

        try
        {
            foreach ((string mark, string text) in MarksOf(host))
            {
                if ((mark == MarkOf(changeId) ? RevertMark.Disarmed : RevertMark.Without(text, changeId)) is { } changed)
                {
                    host.Write(mark, changed);
                }
            }
        }
        catch (HostAccessException)
        {
            // The timer then finds no value as the limit wrote it, and changes nothing; an earlier one leaves what it would put back.
        }
    }

    private static KeyValuePair<string, string>[] MarksOf(IHostAccess host) => [.. host.Read([RevertMark.Pattern]).Files];

    private static long? StartByOf(string? uptime) =>
        double.TryParse(uptime?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double now) ? (long)(now + StartWithin.TotalSeconds) : null;
}
