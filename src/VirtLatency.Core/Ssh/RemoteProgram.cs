namespace VirtLatency.Ssh;

/// <summary>
/// What runs on a host: a shell that takes a few functions and then requests on its standard input. Nothing is copied
/// there. The functions use builtins of the shell for one file after the other, so that thousands of files cost no process each.
/// <para>
/// An answer is made of lines. <c>F</c>path: a file, then one line <c>-</c>text for each of its lines, <c>=</c>text for a last one
/// without a line end. <c>C</c>path: a file as it is, up to a line of mark and status. <c>!</c>path: it is there and may
/// not be read. <c>W</c>status: what a write or a script said, or what a file of a batch reads, up to a line of mark and
/// status; a batch has one for each value that it tried. Mark and <c>end</c>: the end. The mark is drawn for each connection, so that no file can hold it.
/// </para>
/// <para>
/// A shell's read takes single bytes. Files below /sys allow that; numbers below /proc/sys give their first digit only. So
/// cat reads /proc and devices. A write goes through cat also, since some shells' printf does not tell why a write failed.
/// </para>
/// <para>
/// A lock is flock(2) on descriptor 9, so it ends with the shell. Where the network is cut, sshd keeps the shell for hours:
/// a watcher in the background ends it after five minutes, but only while it still has that file open. It is
/// freed by name and what is started meanwhile closes the descriptor itself: mksh keeps copies of what it closes.
/// </para>
/// </summary>
internal static class RemoteProgram
{
    /// <summary>Sets the mark; quoted by the caller.</summary>
    public const string MarkVariable = "vl_mark";

    /// <summary>The functions; ends with a first answer: mark and begin, the user's number, why sudo did not work.</summary>
    public const string Functions =
        """
        LC_ALL=C; export LC_ALL
        vl_nl='
        '
        vl_out=
        vl_flush() { printf '%s' "$vl_out"; vl_out=; }
        vl_add() { vl_out="$vl_out$1$vl_nl"; if [ ${#vl_out} -gt 8000 ]; then vl_flush; fi; }
        vl_end() { vl_add "$vl_mark end"; vl_flush; }
        vl_raw() { vl_flush; printf 'C%s\n' "$1"; cat "$1" 2>/dev/null; vl_status=$?; printf '\n%s %s\n' "$vl_mark" "$vl_status"; }
        vl_why() {
            if vl_said=$({ cat "$1" >/dev/null; } 2>&1); then vl_add "F$1"; return; fi
            case $vl_said in *[Pp]'ermission denied'*|*'not permitted'*) vl_add "!$1";; esac
        }
        vl_text() {
            vl_first=1
            {
                while IFS= read -r vl_line; do
                    if [ -n "$vl_first" ]; then vl_first=; vl_out="${vl_out}F$1$vl_nl"; fi
                    vl_add "-$vl_line"
                done
                if [ -n "$vl_line" ]; then
                    if [ -n "$vl_first" ]; then vl_first=; vl_out="${vl_out}F$1$vl_nl"; fi
                    vl_add "=$vl_line"
                fi
            } 2>/dev/null <"$1"
            if [ -n "$vl_first" ]; then vl_why "$1"; fi
        }
        vl_read() {
            for vl_path do
                case $vl_path in *"$vl_nl"*) continue;; esac
                if [ -c "$vl_path" ]; then vl_cat=1; elif [ -f "$vl_path" ]; then vl_cat=; else continue; fi
                case $vl_path in /proc/*) vl_cat=1;; esac
                if [ -z "$vl_cat" ]; then vl_line=; vl_text "$vl_path"; continue; fi
                vl_raw "$vl_path"
                if [ "$vl_status" -ne 0 ]; then vl_why "$vl_path"; fi
            done
        }
        vl_tell() { printf 'W%s\n%s\n%s 0\n' "$1" "$2" "$vl_mark"; }
        vl_put() {
            vl_said=; vl_status=gone
            if [ -e "$1" ]; then
                if vl_said=$({ printf '%s' "$2" | cat >"$1"; } 2>&1); then vl_status=done; elif [ -e "$1" ]; then vl_status=failed; fi
            fi
        }
        vl_write() { vl_put "$1" "$2"; vl_tell "$vl_status" "$vl_said"; }
        vl_first() { vl_line=; IFS= read -r vl_line 2>/dev/null <"$1"; }
        vl_batch() {
            vl_go_on=$1; shift
            while [ $# -gt 2 ]; do
                vl_first "$1"
                if [ -n "$2" ] && [ "=$vl_line" != "$2" ] && [ -e "$1" ]; then
                    vl_status=changed; vl_said=$vl_line
                else
                    vl_put "$1" "$3"
                    if [ "$vl_status" = done ]; then vl_first "$1"; vl_said=$vl_line; fi
                fi
                vl_tell "$vl_status" "$vl_said"
                if [ "$vl_status" != done ] && [ -z "$vl_go_on" ]; then break; fi
                shift 3
            done
        }
        vl_watch='
            exec 9>&-
            left=60
            while [ "$left" -gt 0 ] && [ "/proc/$1/fd/9" -ef "$2" ]; do sleep 5; left=$((left - 1)); done
            if [ "/proc/$1/fd/9" -ef "$2" ]; then kill "$1"; fi
        '
        vl_lock() {
            vl_status=none
            if command -v flock >/dev/null 2>&1 && (umask 077; : >>"$1") 2>/dev/null; then
                exec 9>>"$1"
                if flock -n 9 9>&9; then vl_status=held; sh -c "$vl_watch" sh "$$" "$1" </dev/null >/dev/null 2>&1 & vl_watcher=$!
                else vl_status=busy; exec 9>&-; fi
            fi
            vl_tell "$vl_status" ''
        }
        vl_unlock() { flock -u 9 9>&9; exec 9>&-; kill "$vl_watcher" 2>/dev/null; vl_tell done ''; }
        vl_run() {
            vl_said=$(sh -c 'exec 9>&-; exec sh -c "$@"' sh "$@" 2>&1 </dev/null)
            vl_tell "$?" "$vl_said"
        }
        printf '\n%s begin\nW%s\n%s\n%s 0\n' "$vl_mark" "$(id -u)" "$VIRTLATENCY_SUDO" "$vl_mark"
        vl_end

        """;

    /// <summary>
    /// The command that ssh hands to the user's login shell: a POSIX shell on standard input, as root where sudo allows it
    /// without a password. It is one line without ! so that csh and fish take it as sh does.
    /// </summary>
    /// <param name="shell">The POSIX shell.</param>
    /// <returns>The command, which holds no user data.</returns>
    public static string Command(string shell) =>
        $"exec {shell} -c 'LC_ALL=C; export LC_ALL; VIRTLATENCY_SUDO=; if [ \"$(id -u)\" -ne 0 ]; then "
        + $"if VIRTLATENCY_SUDO=$(sudo -n {shell} -c : 2>&1 </dev/null); then exec sudo -n {shell}; fi; fi; export VIRTLATENCY_SUDO; exec {shell}'";
}
