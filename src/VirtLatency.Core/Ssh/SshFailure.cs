using System.Globalization;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>From what ssh said before it ended to a problem, and what to do about it.</summary>
internal static class SshFailure
{
    /// <summary>Texts of OpenSSH's client, most telling first: a changed key also ends in a failed verification.</summary>
    private static readonly (string Said, HostAccessProblem Problem, string What, string ToDo)[] Known =
    [
        ("IDENTIFICATION HAS CHANGED", HostAccessProblem.Unreachable, "its host key is not the one that known_hosts has", "Find out why the key changed before you remove the old one (ssh-keygen -R)."),
        ("Host key verification failed", HostAccessProblem.Unreachable, "its host key is not known", "Compare the key's fingerprint, then connect once with ssh by hand, or add the key to known_hosts."),
        ("key is known for", HostAccessProblem.Unreachable, "its host key is not known", "Compare the key's fingerprint, then connect once with ssh by hand, or add the key to known_hosts."),
        ("Too many authentication failures", HostAccessProblem.Denied, "it refuses the login after too many keys", "Name the host's key in ~/.ssh/config (IdentityFile, IdentitiesOnly yes)."),
        (": Permission denied (", HostAccessProblem.Denied, "it refuses the login", "Passwords are never asked for: check the user's name, load the key into the agent (ssh-add) or install it there (ssh-copy-id)."),
        ("Could not resolve hostname", HostAccessProblem.Unreachable, "its name is not known", "Check the name; a short name needs an entry in ~/.ssh/config."),
        ("Connection refused", HostAccessProblem.Unreachable, "it refuses the connection", "Check that sshd runs there, and on which port (Port in ~/.ssh/config)."),
        ("timed out", HostAccessProblem.TimedOut, "it does not answer in time", "Check that the host is up, and that no firewall is between."),
        ("No route to host", HostAccessProblem.Unreachable, "there is no way to it", "Check the network, or give a jump host (ProxyJump in ~/.ssh/config)."),
        ("unreachable", HostAccessProblem.Unreachable, "there is no way to it", "Check the network, or give a jump host (ProxyJump in ~/.ssh/config)."),
        ("Bad configuration option", HostAccessProblem.Unreachable, "ssh's configuration has an error", "Correct the file that the message names."),
        ("Bad owner or permissions", HostAccessProblem.Unreachable, "ssh refuses its configuration", "Correct the permissions of the file that the message names."),
        ("Can't open user config file", HostAccessProblem.Unreachable, "ssh's configuration cannot be read", $"Check the variable {SshSettings.ConfigVariable}."),
    ];

    /// <summary>Names the reason why ssh, or the shell behind it, ended.</summary>
    /// <param name="hostName">As asked for.</param>
    /// <param name="exitCode">ssh's own: 255 for itself, else the remote command's.</param>
    /// <param name="said">Its standard error.</param>
    /// <param name="wasReady">Whether the host's shell had answered before.</param>
    /// <returns>The error.</returns>
    public static HostAccessException Of(string hostName, int? exitCode, string said, bool wasReady)
    {
        foreach ((string text, HostAccessProblem problem, string what, string toDo) in Known)
        {
            if (!wasReady && said.Contains(text, StringComparison.Ordinal))
            {
                return new HostAccessException(problem, hostName, $"'{hostName}': {what}. {toDo} ssh said: {LineWith(said, text)}");
            }
        }

        string last = said.Length > 0 ? " It said: " + LineWith(said, string.Empty) : string.Empty;
        string code = exitCode?.ToString(CultureInfo.InvariantCulture) ?? "?";
        return wasReady
            ? new HostAccessException(HostAccessProblem.Unreachable, hostName, $"The connection to '{hostName}' was lost (ssh ended with {code}).{last}")
            : new HostAccessException(HostAccessProblem.Unreachable, hostName, $"ssh to '{hostName}' ended with {code} before a shell answered. The login must be able to run sh.{last}");
    }

    /// <summary>The line of a text that holds a piece; the last of all lines for an empty piece.</summary>
    private static string LineWith(string text, string piece) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => line.Contains(piece, StringComparison.Ordinal), text.Trim());
}
