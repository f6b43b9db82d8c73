using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>
/// One shell on one host, for as many requests as are asked. A request that takes too long, or Ctrl-C, ends the client: its
/// output then ends, whatever the network does, and this connection with it.
/// </summary>
internal sealed class SshConnection : IDisposable
{
    private readonly string _hostName;
    private readonly SshSettings _settings;
    private readonly SshProcess _process;
    private readonly string _mark;
    private bool _isReady;

    private SshConnection(string hostName, SshSettings settings)
    {
        _hostName = hostName;
        _settings = settings;
        _process = SshProcess.Start(hostName, settings);
        _mark = "vl" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>False once a request did not end as it should; then only Dispose is left.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>The user's number that the shell runs as; 0 is root.</summary>
    public string UserId { get; private set; } = string.Empty;

    /// <summary>Why sudo did not make it root; empty where it was not needed.</summary>
    public string SudoSaid { get; private set; } = string.Empty;

    /// <summary>The client's process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Connects, and waits for the shell's first answer.</summary>
    /// <param name="hostName">As asked for.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellation">Ends the client.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    public static SshConnection Open(string hostName, SshSettings settings, CancellationToken cancellation)
    {
        var connection = new SshConnection(hostName, settings);
        try
        {
            string program = $"{RemoteProgram.MarkVariable}={ShellText.Quote(connection._mark)}\n{RemoteProgram.Functions.ReplaceLineEndings("\n")}";
            connection.Exchange(program, settings.StartLimit, connection.ReadGreeting, cancellation);
            connection._isReady = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads files.</summary>
    /// <param name="patterns">As for <see cref="IHostAccess.Read"/>.</param>
    /// <param name="cancellation">Ends the client.</param>
    /// <returns>What was read.</returns>
    public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation)
    {
        // In braces the shell takes the request as a whole before it starts: so neither side waits for the other with full pipes.
        var request = new StringBuilder("{\n");
        foreach (string pattern in patterns)
        {
            request.Append("vl_read ").Append(ShellText.QuotePattern(pattern)).Append('\n');
        }

        var tree = new TreeReply();
        double clock = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        Exchange(request.Append("vl_end\n}\n").ToString(), _settings.RequestLimit, () => ReadRecords(tree), cancellation);
        return tree.Tree with { ClockSeconds = clock };
    }

    /// <summary>Writes a value to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="value">The text.</param>
    /// <returns>done, gone or failed, and what the host said.</returns>
    public (string Status, string Said) Write(string path, string value) => Call("vl_write", path, value)[^1];

    /// <summary>Writes values one after the other, each read back.</summary>
    /// <param name="writes">The values.</param>
    /// <param name="goOn">Goes on behind a failure.</param>
    /// <returns>For each one tried: done and the text read back; changed and the text found; gone; or failed and what the host said.</returns>
    public IReadOnlyList<(string Status, string Said)> WriteAll(IEnumerable<HostWrite> writes, bool goOn) =>
        Call("vl_batch", [goOn ? "1" : string.Empty, .. writes.SelectMany(write => (string[])[write.Path, write.Expected is null ? string.Empty : "=" + write.Expected, write.Value])]);

    /// <summary>Takes a lock that this connection holds.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>held, busy, or none where the host cannot lock.</returns>
    public string TryLock(string path) => Call("vl_lock", path)[^1].Status;

    /// <summary>Frees the lock.</summary>
    public void Unlock() => Call("vl_unlock");

    /// <summary>Runs a script.</summary>
    /// <param name="script">POSIX sh.</param>
    /// <param name="arguments">Its $0, $1 and so on.</param>
    /// <returns>Its exit status, and what it printed on both streams.</returns>
    public (string Status, string Said) Run(string script, params IReadOnlyList<string> arguments) => Call("vl_run", [script, .. arguments])[^1];

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    /// <summary>Never cut short by Ctrl-C: the host's shell would go on behind a connection that is gone.</summary>
    private List<(string Status, string Said)> Call(string function, params IReadOnlyList<string> words)
    {
        var reply = new TreeReply();
        string request = $"{{\n{function} {string.Join(' ', words.Select(ShellText.Quote))}\nvl_end\n}}\n";
        Exchange(request, _settings.RequestLimit, () => ReadRecords(reply) && reply.Answers.Count > 0, CancellationToken.None);
        return reply.Answers;
    }

    private void Exchange(string request, TimeSpan allowed, Func<bool> answer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(allowed);
        using CancellationTokenRegistration end = limit.Token.Register(_process.Kill);
        bool isWhole;
        try
        {
            _process.Reply.Begin();
            _process.Send(request);
            isWhole = answer();
        }
        catch (IOException)
        {
            isWhole = false;
        }
        catch (InvalidDataException e)
        {
            IsUsable = false;
            _process.Kill();
            throw new HostAccessException(HostAccessProblem.Unreachable, _hostName, $"'{_hostName}' did not answer as VirtLatency's shell program does: {e.Message}", e);
        }

        if (!isWhole)
        {
            IsUsable = false;
            cancellation.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? TimedOut(allowed) : Lost();
        }
    }

    private HostAccessException TimedOut(TimeSpan allowed)
    {
        string seconds = allowed.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new HostAccessException(HostAccessProblem.TimedOut, _hostName, $"'{_hostName}' gave no {(_isReady ? "answer" : "shell")} within {seconds} s. Check that the host is up, and that ssh and a shell there answer.");
    }

    private HostAccessException Lost()
    {
        (int? code, string said) = _process.End();
        return SshFailure.Of(_hostName, code, said, _isReady);
    }

    /// <summary>What a login prints before (a greeting, a profile's output) is passed over.</summary>
    private bool ReadGreeting()
    {
        string begin = _mark + " begin";
        string? line;
        do
        {
            line = _process.Reply.NextText();
        }
        while (line is not null && line != begin);

        var reply = new TreeReply();
        bool isWhole = line is not null && ReadRecords(reply);
        (UserId, SudoSaid) = reply.Status;
        return isWhole;
    }

    private bool ReadRecords(TreeReply reply)
    {
        string end = _mark + " end";
        while (_process.Reply.Next() is { } line)
        {
            string text = Encoding.UTF8.GetString(line.Span);
            if (text == end)
            {
                reply.EndFile();
                return true;
            }

            switch (text.Length > 0 ? text[0] : '\0')
            {
                case 'C' or 'W' when ReadRaw() is var (raw, status):
                    reply.TakeRaw(text, raw, status);
                    break;
                case 'C' or 'W':
                    return false;
                default:
                    reply.Take(text, line.Span);
                    break;
            }
        }

        return false;
    }

    /// <summary>Bytes up to the line of mark and status; null where the stream ends before.</summary>
    private (byte[] Raw, string Status)? ReadRaw()
    {
        byte[] mark = Encoding.ASCII.GetBytes(_mark + " ");
        using var raw = new MemoryStream();
        while (_process.Reply.Next() is { } line)
        {
            if (line.Span.StartsWith(mark))
            {
                raw.SetLength(Math.Max(0, raw.Length - 1));
                return (raw.ToArray(), Encoding.ASCII.GetString(line.Span[mark.Length..]));
            }

            raw.Write(line.Span);
            raw.WriteByte((byte)'\n');
        }

        return null;
    }
}
