using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VirtLatency.Tests.Ssh;

/// <summary>
/// A throw-away sshd on 127.0.0.1 with keys, configuration and a client's configuration of its own in a temporary folder:
/// nothing of ~/.ssh is read or written. It is stopped by its process.
/// </summary>
public sealed class SshServer : IDisposable
{
    private const string Daemon = "/usr/sbin/sshd";

    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private readonly Process? _process;

    public SshServer()
    {
        if (WhyNot is not null)
        {
            return;
        }

        Directory.CreateDirectory("/run/sshd");
        _silent.Start();
        Port = FreePort();
        Run("/usr/bin/env", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", In("host_key"));
        Run("/usr/bin/env", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", In("user_key"));
        Run("/usr/bin/env", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", In("other_key"));
        File.Copy(In("user_key.pub"), In("authorized_keys"));
        string hostKey = string.Join(' ', File.ReadAllText(In("host_key.pub")).Split(' ')[..2]);
        string otherKey = string.Join(' ', File.ReadAllText(In("other_key.pub")).Split(' ')[..2]);
        Write("known_hosts", $"[127.0.0.1]:{Port} {hostKey}\n[::1]:{Port} {hostKey}\n");
        Write("changed_hosts", $"[127.0.0.1]:{Port} {otherKey}\n");
        Write("no_hosts", string.Empty);
        Write("sshd_config", $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {In("host_key")}
            PidFile none
            AuthorizedKeysFile {In("authorized_keys")}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            MaxStartups 100
            """);
        Write("config", $"""
            Host refused
              Port {FreePort()}
            Host silent
              Port {((IPEndPoint)_silent.LocalEndpoint).Port}
            Host stranger
              UserKnownHostsFile {In("no_hosts")}
            Host changed
              UserKnownHostsFile {In("changed_hosts")}
            Host jumped
              ProxyCommand ssh -F {In("config")} -W 127.0.0.1:{Port} 127.0.0.1
            Host *
              HostName 127.0.0.1
              Port {Port}
              IdentityFile {In("user_key")}
              IdentitiesOnly yes
              IdentityAgent none
              UserKnownHostsFile {In("known_hosts")}
              GlobalKnownHostsFile /dev/null
            """);
        _process = Process.Start(new ProcessStartInfo(Daemon, ["-D", "-e", "-f", In("sshd_config")]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true });
        _process!.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        WaitUntilItAnswers();
    }

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? WhyNot { get; } =
        !File.Exists(Daemon) ? $"NOT RUN: there is no {Daemon} (Debian: openssh-server)."
        : !Environment.IsPrivilegedProcess ? "NOT RUN: sshd's folder /run/sshd is made by root."
        : null;

    public int Port { get; }

    /// <summary>The server's own configuration.</summary>
    public string ServerConfig => In("sshd_config");

    /// <summary>The client's configuration for this server.</summary>
    public string ConfigFile => In("config");

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _silent.Dispose();
        _folder.Dispose();
    }

    internal static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private void Write(string name, string text) => _folder.Write(name, text + "\n");

    private void WaitUntilItAnswers()
    {
        for (long end = Environment.TickCount64 + 10_000; ; Thread.Sleep(20))
        {
            try
            {
                using TcpClient client = new(IPAddress.Loopback.ToString(), Port);
                return;
            }
            catch (SocketException) when (Environment.TickCount64 < end)
            {
                Assert.False(_process!.HasExited, string.Create(CultureInfo.InvariantCulture, $"sshd ended with {(_process.HasExited ? _process.ExitCode : 0)}."));
            }
        }
    }
}
