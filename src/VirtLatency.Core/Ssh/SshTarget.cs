using System.Text.RegularExpressions;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>
/// A name that may be given to ssh: <c>host</c>, <c>user@host</c>, or an IPv6 address in place of the host. ssh takes what
/// begins with - as an option, and ~/.ssh/config can hand names to a shell (ProxyCommand, Match exec): so a name
/// is made of letters, digits and a few marks that mean nothing to either, or it is refused.
/// </summary>
public static partial class SshTarget
{
    private const int MostCharacters = 255;

    /// <summary>Tells whether a name may be given to ssh, and puts it as ssh wants it.</summary>
    /// <param name="hostName">As the user gave it.</param>
    /// <returns>The name for ssh: as given, but an IPv6 address without brackets.</returns>
    /// <exception cref="HostAccessException">It may not: <see cref="HostAccessProblem.BadName"/>.</exception>
    public static string Of(string hostName)
    {
        Match match = hostName.Length <= MostCharacters ? Name().Match(hostName) : Match.Empty;
        if (!match.Success)
        {
            throw new HostAccessException(HostAccessProblem.BadName, hostName, $"'{hostName}' is no host name that is given to ssh. Give host, user@host, or user@ and an IPv6 address; a port, key or jump host belongs in ~/.ssh/config under a name of its own.");
        }

        string user = match.Groups["user"].Value;
        string host = match.Groups["host"].Value;
        return user.Length > 0 ? user + "@" + host : host;
    }

    [GeneratedRegex(
        """
        \A (?: (?<user> [A-Za-z0-9_] [A-Za-z0-9_.-]* ) @ )?
        (?: (?<host> [A-Za-z0-9_] [A-Za-z0-9_.-]* )
          | (?<host> [0-9A-Fa-f]* : [0-9A-Fa-f]* : [0-9A-Fa-f:.]* (?: % [A-Za-z0-9_] [A-Za-z0-9_.-]* )? )
          | \[ (?<host> [0-9A-Fa-f]* : [0-9A-Fa-f]* : [0-9A-Fa-f:.]* (?: % [A-Za-z0-9_] [A-Za-z0-9_.-]* )? ) \] ) \z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
