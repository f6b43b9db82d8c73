using System.Management.Automation;
using VirtLatency.Tests.CpuIdle;
using VirtLatency.Tests.Ssh;

namespace VirtLatency.Tests;

/// <summary>Commands with -HostName against a real sshd, whose host is this machine.</summary>
[Collection(SshEngine.Collection)]
public sealed class RemoteHostTests(SshServer server) : IClassFixture<SshServer>
{
    [SshdFact]
    public void A_remote_host_has_the_same_rows_as_this_machine()
    {
        using MachineIdle turn = new();
        EngineResult local = Run("Get-CStateConfig -PerCpu");
        EngineResult remote = Run("Get-CStateConfig -HostName root@127.0.0.1 -PerCpu");
        Assert.Empty(remote.Errors);
        Assert.Equal(local.Output.Count, remote.Output.Count);
        Assert.All(remote.Values("HostName"), name => Assert.Equal("root@127.0.0.1", name));
        string[] same = ["Cpu", "State", "Index", "Description", "ExitLatencyUs", "TargetResidencyUs", "Disabled", "DefaultDisabled", "Online", "ResumeLatencyLimitUs"];
        Assert.All(same, name => Assert.Equal(local.Values(name), remote.Values(name)));
    }

    [SshdFact]
    public void One_host_s_failure_stops_no_other_and_rows_keep_the_order()
    {
        EngineResult result = Run("Get-CStateConfig -HostName first, refused, stranger, nobody-here@127.0.0.1, 'host;reboot', -oProxyCommand=x, last -ThrottleLimit 3");
        Assert.Null(result.Terminating);
        Assert.Equal(["first", "last"], result.Values("HostName"));
        Assert.Equal(
            ["HostUnreachable:refused", "HostUnreachable:stranger", "HostAccessDenied:nobody-here@127.0.0.1", "HostNameInvalid:host;reboot", "HostNameInvalid:-oProxyCommand=x"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0] + ":" + error.TargetObject));
        Assert.Equal(ErrorCategory.ConnectionError, result.Errors[0].CategoryInfo.Category);
    }

    private EngineResult Run(string script)
    {
        using SshEngine engine = new(server.ConfigFile);
        return engine.Run(script);
    }
}
