using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using VirtLatency.CpuIdle;

namespace VirtLatency.Ssh;

/// <summary>
/// The OpenSSH client as a child process in a session of its own (setsid): Ctrl-C on the terminal reaches this process, which
/// ends the client, and the client has no terminal on which it could ask.
/// </summary>
internal sealed class SshProcess : IDisposable
{
    private const int MostErrorCharacters = 16 * 1024;

    private static readonly string[] Options =
    [
        "BatchMode=yes", "ServerAliveInterval=5", "ServerAliveCountMax=3", "LogLevel=ERROR", "RemoteCommand=none", "PermitLocalCommand=no",
        "ControlMaster=no", "ControlPersist=no", "ClearAllForwardings=yes", "ForwardAgent=no", "ForwardX11=no", "EscapeChar=none",
    ];

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task _listening;

    private SshProcess(Process process)
    {
        _process = process;
        Reply = new ReplyReader(process.StandardOutput.BaseStream);
        _listening = Task.Factory.StartNew(Listen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the host answers.</summary>
    public ReplyReader Reply { get; }

    /// <summary>The number of the process, which its session has also.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the client.</summary>
    /// <param name="hostName">As asked for.</param>
    /// <param name="settings">How.</param>
    /// <returns>The running process.</returns>
    /// <exception cref="HostAccessException">The name is refused, or there is no client.</exception>
    public static SshProcess Start(string hostName, SshSettings settings)
    {
        string target = SshTarget.Of(hostName);
        string client = ProgramPath.Find(settings.Program)
            ?? throw new HostAccessException(HostAccessProblem.Unreachable, hostName, $"'{settings.Program}' is not on PATH: '{hostName}' is reached through the OpenSSH client. Install it (openssh-client, openssh-clients).");
        var start = new ProcessStartInfo(client) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (ProgramPath.Find("setsid") is { } setsid)
        {
            start.FileName = setsid;
            start.ArgumentList.Add(client);
        }

        foreach (string argument in Arguments(target, settings))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new SshProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new HostAccessException(HostAccessProblem.Unreachable, hostName, $"'{client}' cannot be run: {e.Message}", e);
        }
    }

    /// <summary>The client's arguments.</summary>
    /// <param name="target">A name that <see cref="SshTarget"/> let through.</param>
    /// <param name="settings">How.</param>
    /// <returns>One by one; no shell sees them on this machine.</returns>
    public static IEnumerable<string> Arguments(string target, SshSettings settings)
    {
        IEnumerable<string> file = settings.ConfigFile is null ? [] : ["-F", settings.ConfigFile];
        IEnumerable<string> options = Options.Append("ConnectTimeout=" + settings.ConnectSeconds.ToString(CultureInfo.InvariantCulture)).SelectMany(option => (string[])["-o", option]);
        return [.. file, "-T", .. options, "--", target, RemoteProgram.Command(settings.Shell)];
    }

    /// <summary>Sends text to the host's shell.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">The client is gone.</exception>
    public void Send(string text)
    {
        _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(text));
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Ends the client and what it started (a jump host's client).</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
    }

    /// <summary>Waits for the client's end after its output ended.</summary>
    /// <returns>Its exit code, null where it did not end, and what it said on standard error.</returns>
    public (int? ExitCode, string Said) End()
    {
        int? code = _process.WaitForExit(TimeSpan.FromSeconds(2)) ? _process.ExitCode : null;
        _listening.Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
        lock (_said)
        {
            return (code, _said.ToString());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The client is gone.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            Kill();
            _process.WaitForExit(TimeSpan.FromSeconds(1));
        }

        _process.Dispose();
    }

    private void Listen()
    {
        char[] buffer = new char[1024];
        try
        {
            int read;
            while ((read = _process.StandardError.Read(buffer)) > 0)
            {
                lock (_said)
                {
                    _said.Append(buffer, 0, Math.Min(read, MostErrorCharacters - _said.Length));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed of.
        }
    }
}
