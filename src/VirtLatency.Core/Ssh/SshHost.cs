using System.Globalization;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>
/// Another machine, through the OpenSSH client: ~/.ssh/config, agents, jump hosts and known_hosts work as they do for ssh.
/// One connection, made with the first request, serves all; after a failure the next request makes a new one.
/// </summary>
public sealed class SshHost : IHostAccess
{
    /// <summary>-ef compares without a process for each open file; every sh on Linux has it.</summary>
    private const string HoldersScript =
        """
        for file in /proc/[0-9]*/fd/*; do
            if [ "$file" -ef "$1" ]; then
                process=${file%/fd/*}
                if [ "$process" != "$last" ] && read -r name <"$process/comm"; then printf '%s (%s)\n' "$name" "${process#/proc/}"; fi
                last=$process
            fi
        done 2>/dev/null
        """;

    /// <summary>About a second of a host's time: so long a stop may wait.</summary>
    private const int WritesPerRequest = 256;

    private readonly SshSettings _settings;
    private readonly object _lock = new();
    private SshConnection? _connection;
    private RemoteLock? _held;

    internal SshHost(string hostName, SshSettings settings)
    {
        _ = SshTarget.Of(hostName);
        HostName = hostName;
        _settings = settings;
    }

    /// <inheritdoc/>
    public string HostName { get; }

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <summary>The client's process; null where none runs.</summary>
    internal int? ProcessId => _connection?.ProcessId;

    /// <summary>Names a host; nothing is sent to it before the first request.</summary>
    /// <param name="hostName">host, user@host, or a name of ~/.ssh/config.</param>
    /// <returns>Its access.</returns>
    /// <exception cref="HostAccessException">The name may not be given to ssh.</exception>
    public static SshHost Open(string hostName) => new(hostName, SshSettings.Default());

    /// <inheritdoc/>
    public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default)
    {
        if (patterns.FirstOrDefault(IsNoPath) is { } other)
        {
            throw new ArgumentException($"'{other}' is no absolute path.", nameof(patterns));
        }

        return Ask(connection => connection.Read(patterns, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public long? ReadLatencyLimitUs()
    {
        (string status, string said) = Run("od -An -td4 -N4 " + LatencyHold.Device);
        return status == "0" && long.TryParse(said, NumberStyles.Integer, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }

    /// <inheritdoc/>
    public void Write(string path, string value)
    {
        if (IsNoPath(path))
        {
            throw new ArgumentException($"'{path}' is no absolute path.", nameof(path));
        }

        lock (_lock)
        {
            SshConnection connection = Connection(CancellationToken.None);
            (string status, string said) = connection.Write(path, value);
            if (status != "done")
            {
                throw NotWritten(connection, path, value, status == "gone", said);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<HostWriteResult> WriteAll(IReadOnlyList<HostWrite> writes, bool goOn = false, CancellationToken cancellation = default)
    {
        if (writes.FirstOrDefault(write => IsNoPath(write.Path)) is { } other)
        {
            throw new ArgumentException($"'{other.Path}' is no absolute path.", nameof(writes));
        }

        var results = new List<HostWriteResult>(writes.Count);
        lock (_lock)
        {
            foreach (HostWrite[] part in writes.Chunk(WritesPerRequest))
            {
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }

                SshConnection connection = Connection(CancellationToken.None);
                results.AddRange(part.Zip(connection.WriteAll(part, goOn), (write, answer) => ResultOf(connection, write, answer)));
                if (!goOn && results[^1].Failure is not null)
                {
                    break;
                }
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => Ask<IDisposable?>(
        connection => connection.TryLock(path) switch
        {
            "held" => new RemoteLock(this, connection),
            "busy" => null,
            _ => HostLock.Nothing,
        },
        CancellationToken.None);

    /// <inheritdoc/>
    public void StartDetached(string script)
    {
        (string status, string said) = Run(RevertTimer.Launcher, "sh", script);
        if (status != "0")
        {
            throw new HostAccessException(HostAccessProblem.Refused, HostName, $"The script could not be started on {HostName} (exit code {status}): {said}");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> HoldersOf(string device) =>
        Run(HoldersScript.ReplaceLineEndings("\n"), "sh", device).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    /// <summary>Runs a script there.</summary>
    /// <param name="script">POSIX sh.</param>
    /// <param name="arguments">Its $0, $1 and so on; none of them is interpreted.</param>
    /// <returns>Its exit status, and what it printed on both streams.</returns>
    internal (string Status, string Said) Run(string script, params IReadOnlyList<string> arguments)
    {
        lock (_lock)
        {
            return Connection(CancellationToken.None).Run(script, arguments);
        }
    }

    private static bool IsNoPath(string path) => !path.StartsWith('/') || path.AsSpan().IndexOfAny('\0', '\n') >= 0;

    /// <summary>
    /// A connection may have been lost while nothing was asked (a question on the terminal, the wait of a canary): what
    /// changes nothing is then asked once more over a new one, unless a lock was lost with the old one.
    /// </summary>
    private TResult Ask<TResult>(Func<SshConnection, TResult> request, CancellationToken cancellation)
    {
        lock (_lock)
        {
            bool mayRepeat = _connection is { IsUsable: true } && _held is null;
            try
            {
                return request(Connection(cancellation));
            }
            catch (HostAccessException e) when (mayRepeat && e.Problem == HostAccessProblem.Unreachable)
            {
                return request(Connection(cancellation));
            }
        }
    }

    private SshConnection Connection(CancellationToken cancellation)
    {
        if (_connection is { IsUsable: false })
        {
            _connection.Dispose();
            _connection = null;
        }

        return _connection ??= SshConnection.Open(HostName, _settings, cancellation);
    }

    private HostWriteResult ResultOf(SshConnection connection, HostWrite write, (string Status, string Said) answer) => answer.Status switch
    {
        "done" => new HostWriteResult(answer.Said, null),
        "changed" => new HostWriteResult(answer.Said, HostAccessException.Changed(HostName, write, answer.Said)),
        _ => new HostWriteResult(null, NotWritten(connection, write.Path, write.Value, answer.Status == "gone", answer.Said)),
    };

    private HostAccessException NotWritten(SshConnection connection, string path, string value, bool isGone, string said)
    {
        bool Said(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
        if (isGone)
        {
            return new HostAccessException(HostAccessProblem.Missing, HostName, $"'{path}' is not there on {HostName}.");
        }

        if (Said("permission denied") || Said("not permitted"))
        {
            return new HostAccessException(HostAccessProblem.Denied, HostName, $"No permission to write '{path}' on {HostName}. {RootAdvice(connection)}");
        }

        HostAccessProblem problem = Said("read-only") ? HostAccessProblem.ReadOnly : HostAccessProblem.Refused;
        return new HostAccessException(problem, HostName, $"'{path}' on {HostName} does not take '{value}': {said}");
    }

    private string RootAdvice(SshConnection connection)
    {
        if (connection.UserId == "0")
        {
            return "The shell there runs as root: the kernel does not allow this write.";
        }

        string name = HostName[(HostName.IndexOf('@', StringComparison.Ordinal) + 1)..];
        string said = connection.SudoSaid.Length == 0 ? string.Empty : $" sudo -n said: {connection.SudoSaid.Split('\n')[^1]}";
        return $"Connect as root@{name}, or allow sudo without a password there.{said}";
    }

    /// <summary>The lock lives in the connection's shell: it ends with either.</summary>
    private sealed class RemoteLock : IDisposable
    {
        private readonly SshHost _host;
        private readonly SshConnection _connection;

        public RemoteLock(SshHost host, SshConnection connection)
        {
            (_host, _connection) = (host, connection);
            host._held = this;
        }

        public void Dispose()
        {
            lock (_host._lock)
            {
                if (_host._held != this)
                {
                    return;
                }

                _host._held = null;
                try
                {
                    if (_connection == _host._connection && _connection.IsUsable)
                    {
                        _connection.Unlock();
                    }
                }
                catch (HostAccessException)
                {
                    // The connection is gone, and the lock with it.
                }
            }
        }
    }
}
